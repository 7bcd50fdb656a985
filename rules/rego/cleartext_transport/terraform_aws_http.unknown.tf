variable "partner" {
  type = string
}

resource "aws_transfer_connector" "bank" {
  url = var.partner
}

resource "aws_appsync_datasource" "orders" {
  http_config {
    endpoint = var.partner
  }
}
