provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = { pci-scope = "true" }
  }
}

resource "aws_security_group" "nodes" {
  name = "nodes"
  tags = { team = "payments" }
}

resource "aws_vpc_security_group_egress_rule" "nodes" {
  security_group_id = aws_security_group.nodes.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0" # expect
}

resource "aws_security_group" "website" {
  name = "website"
  tags = { pci-scope = "false" }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
