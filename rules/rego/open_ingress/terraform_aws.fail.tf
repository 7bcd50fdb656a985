resource "aws_security_group" "bastion" {
  name = "bastion"

  ingress {
    from_port   = 20
    to_port     = 25
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"] # expect
  }

  ingress {
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    ipv6_cidr_blocks = ["::/0"] # expect
  }
}

locals { world = "0.0.0.0/0" }

resource "aws_security_group_rule" "postgres" {
  type        = "ingress"
  from_port   = 5432
  to_port     = 5432
  protocol    = "tcp"
  cidr_blocks = [local.world] # expect
}

resource "aws_vpc_security_group_ingress_rule" "redis" {
  cidr_ipv4   = "0.0.0.0/0" # expect
  from_port   = "6379"
  to_port     = "6379"
  ip_protocol = "tcp"
}

resource "aws_network_acl_rule" "rdp" {
  rule_action = "allow"
  protocol    = "tcp"
  cidr_block  = "0.0.0.0/0" # expect
  from_port   = 3389
  to_port     = 3389
}

resource "aws_default_security_group" "default" {
  vpc_id = "vpc-1"
  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect
  }
}

resource "aws_network_acl" "private" {
  vpc_id = "vpc-1"
  ingress {
    rule_no         = 100
    action          = "allow"
    protocol        = "tcp"
    ipv6_cidr_block = "::/0" # expect
    from_port       = 22
    to_port         = 22
  }
}

# Two halves are the whole.
resource "aws_security_group_rule" "halves" {
  type        = "ingress"
  from_port   = 22
  to_port     = 22
  protocol    = "tcp"
  cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"] # expect
}

resource "aws_ec2_managed_prefix_list" "partners" {
  entry {
    cidr = "198.51.100.0/24"
  }
  entry {
    cidr = "0.0.0.0/0"
  }
}

resource "aws_security_group" "by_list" {
  ingress { # expect
    from_port       = 22
    to_port         = 22
    protocol        = "tcp"
    prefix_list_ids = [aws_ec2_managed_prefix_list.partners.id]
  }
}

resource "aws_ec2_managed_prefix_list" "offices" {}

resource "aws_ec2_managed_prefix_list_entry" "world" {
  prefix_list_id = aws_ec2_managed_prefix_list.offices.id
  cidr           = "::/0"
}

resource "aws_vpc_security_group_ingress_rule" "by_list" { # expect
  prefix_list_id = aws_ec2_managed_prefix_list.offices.id
  from_port      = 3306
  to_port        = 3306
  ip_protocol    = "tcp"
}
