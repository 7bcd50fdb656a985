resource "aws_security_group" "settlement" {
  tags = { pci-scope = "true" }
  egress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.0/24"]
  }
}

resource "aws_security_group" "blog" {
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_egress_rule" "blog_out" {
  security_group_id = aws_security_group.blog.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group_rule" "settlement_out" {
  type              = "egress"
  security_group_id = aws_security_group.settlement.id
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = ["203.0.113.0/24"]
}

resource "aws_security_group_rule" "settlement_in" {
  type              = "ingress"
  security_group_id = aws_security_group.settlement.id
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}
