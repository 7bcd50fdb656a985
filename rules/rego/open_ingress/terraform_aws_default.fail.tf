resource "aws_vpc" "shop" { # expect
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "other" {
  vpc_id = "vpc-1"

  ingress { # expect
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
}

resource "aws_default_security_group" "out" {
  vpc_id = "vpc-2"

  egress { # expect
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_default_vpc" "default" { # expect
}
