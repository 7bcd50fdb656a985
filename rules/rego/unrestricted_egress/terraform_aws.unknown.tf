variable "peers" { type = list(string) }

resource "aws_security_group" "settlement" {
  tags = { pci-scope = "true" }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = var.peers
  }
}
