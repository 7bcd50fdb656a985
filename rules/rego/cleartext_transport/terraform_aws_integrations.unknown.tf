variable "backend" { type = string }

resource "aws_api_gateway_integration" "backend" {
  type = "HTTP_PROXY"
  uri  = var.backend
}
