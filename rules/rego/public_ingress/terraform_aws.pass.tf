# Wide, but private; or public, but somebody's.
resource "aws_security_group_rule" "offices" {
  type             = "ingress"
  from_port        = 22
  to_port          = 22
  protocol         = "tcp"
  cidr_blocks      = ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10", "198.51.100.0/24", "203.0.0.0/16"]
  ipv6_cidr_blocks = ["fd00::/8", "2001:db8::/32"]
}

# The whole internet is another policy's business.
resource "aws_security_group_rule" "world" {
  type        = "ingress"
  from_port   = 22
  to_port     = 22
  protocol    = "tcp"
  cidr_blocks = ["0.0.0.0/0"]
}

# No port that is guarded.
resource "aws_vpc_security_group_ingress_rule" "web" {
  cidr_ipv4   = "52.0.0.0/8"
  from_port   = 443
  to_port     = 443
  ip_protocol = "tcp"
}

resource "aws_network_acl" "answers" {
  ingress {
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "52.0.0.0/8"
    from_port  = 1024
    to_port    = 65535
  }
  egress {
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "52.0.0.0/8"
    from_port  = 22
    to_port    = 22
  }
}
