# The plan beside this was made with another value than the default.
variable "admin_range" {
  default = "0.0.0.0/0"
}

variable "ports" {}

resource "aws_security_group_rule" "admin" {
  for_each          = toset(var.ports)
  type              = "ingress"
  security_group_id = aws_security_group.admin.id
  from_port         = each.value
  to_port           = each.value
  protocol          = "tcp"
  cidr_blocks       = [var.admin_range]
}

resource "aws_security_group" "admin" {
  name = "admin"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [var.admin_range]
  }
}
