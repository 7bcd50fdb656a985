variable "networks" { type = list(list(string)) }

resource "aws_opensearch_domain" "search" {
  dynamic "vpc_options" {
    for_each = var.networks
    content { subnet_ids = vpc_options.value }
  }
}
