resource "aws_security_group" "settlement" {
  tags = { pci-scope = "true" }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"] # expect
  }
}

resource "aws_security_group" "ledger" {
  tags = { pci-scope = "true" }
}

resource "aws_security_group_rule" "ledger_out" {
  type              = "egress"
  security_group_id = aws_security_group.ledger.id
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  cidr_blocks       = ["0.0.0.0/0"] # expect
}

resource "aws_vpc_security_group_egress_rule" "ledger_out" {
  security_group_id = aws_security_group.ledger.id
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0" # expect
}
