variable "tls" { type = bool }

variable "backend" { type = string }

variable "protocols" { type = list(string) }

resource "aws_memorydb_cluster" "sessions" {
  tls_enabled = var.tls
}

resource "aws_api_gateway_integration" "backend" {
  type = "HTTP_PROXY"
  uri  = var.backend
}

resource "aws_transfer_server" "files" {
  protocols = var.protocols
}
