# More of the internet than anyone could name.
resource "aws_security_group_rule" "half_a_continent" {
  type        = "ingress"
  from_port   = 22
  to_port     = 22
  protocol    = "tcp"
  cidr_blocks = ["10.20.0.0/16", "64.0.0.0/3"] # expect
}

resource "aws_vpc_security_group_ingress_rule" "provider" {
  cidr_ipv6   = "2600::/12" # expect
  from_port   = 5432
  to_port     = 5432
  ip_protocol = "tcp"
}

# A slip of the pen: 10.0.0.0/8 is one bit less.
resource "aws_security_group" "offices" {
  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/7"] # expect
  }
  ingress {
    from_port   = 3306
    to_port     = 3306
    protocol    = "tcp"
    cidr_blocks = ["172.16.0.0/8"] # expect
  }
}

resource "aws_network_acl_rule" "rdp" {
  rule_action = "allow"
  protocol    = "tcp"
  cidr_block  = "192.0.0.0/8" # expect
  from_port   = 3389
  to_port     = 3389
}

resource "aws_network_acl" "private" {
  ingress {
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "52.0.0.0/8" # expect
    from_port  = 22
    to_port    = 22
  }
}
