resource "aws_security_group" "web" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 8
    to_port     = 0
    protocol    = "icmp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = ["sg-1"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["198.51.100.7/32"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group_rule" "out" {
  type        = "egress"
  from_port   = 22
  to_port     = 22
  protocol    = "tcp"
  cidr_blocks = ["0.0.0.0/0"]
}

resource "aws_network_acl_rule" "deny" {
  rule_action = "deny"
  protocol    = "tcp"
  cidr_block  = "0.0.0.0/0"
  from_port   = 22
  to_port     = 22
}

# Answers to what went out come back to these ports, and the list keeps no state.
resource "aws_network_acl" "answers" {
  vpc_id = "vpc-1"
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 1024
    to_port    = 65535
  }
  ingress {
    rule_no    = 110
    action     = "deny"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
  }
}

# Lets in what has the same group.
resource "aws_security_group" "members" {
  vpc_id = "vpc-1"
  ingress {
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
}

# Wide, but private; or public, but somebody's.
resource "aws_security_group_rule" "offices" {
  type             = "ingress"
  from_port        = 22
  to_port          = 22
  protocol         = "tcp"
  cidr_blocks      = ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10", "198.51.100.0/24", "203.0.0.0/16"]
  ipv6_cidr_blocks = ["fd00::/8", "2001:db8::/32"]
}

resource "aws_ec2_managed_prefix_list" "partners" {
  entry {
    cidr = "198.51.100.0/24"
  }
}

resource "aws_vpc_security_group_ingress_rule" "by_list" {
  prefix_list_id = aws_ec2_managed_prefix_list.partners.id
  from_port      = 3306
  to_port        = 3306
  ip_protocol    = "tcp"
}
