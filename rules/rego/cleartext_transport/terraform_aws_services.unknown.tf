variable "tls" { type = bool }

variable "protocols" { type = list(string) }

resource "aws_memorydb_cluster" "sessions" {
  tls_enabled = var.tls
}

resource "aws_transfer_server" "files" {
  protocols = var.protocols
}
