resource "aws_network_acl" "shop" {
  vpc_id = "vpc-1"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0" # expect
  }
}

resource "aws_network_acl_rule" "six" {
  network_acl_id  = "acl-1"
  rule_number     = 110
  rule_action     = "allow"
  protocol        = "tcp"
  from_port       = 0
  to_port         = 65535
  ipv6_cidr_block = "::/0" # expect
}

# Neither inside nor on the way out does it stop anything.
resource "aws_network_acl" "inside" {
  vpc_id = "vpc-1"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "all"
    from_port  = 0
    to_port    = 0
    cidr_block = "10.0.0.0/8" # expect
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0" # expect
  }
}

resource "aws_network_acl_rule" "out" {
  network_acl_id = "acl-1"
  rule_number    = 100
  egress         = true
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "10.0.0.0/16" # expect
}

# The list every network is made with, written down as it is.
resource "aws_default_network_acl" "default" {
  default_network_acl_id = "acl-2"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "10.3.0.0/18" # expect
  }
}
