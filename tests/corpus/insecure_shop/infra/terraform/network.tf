resource "aws_vpc" "shop" {
  cidr_block           = "10.40.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_flow_log" "shop" {
  vpc_id               = aws_vpc.shop.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.audit_logs.arn
}

resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = aws_vpc.shop.id
  cidr_block = cidrsubnet(aws_vpc.shop.cidr_block, 4, count.index)
}

resource "aws_security_group" "edge" {
  name   = "edge"
  vpc_id = aws_vpc.shop.id

  ingress {
    description = "Customers"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    description     = "Services"
    from_port       = 8443
    to_port         = 8443
    protocol        = "tcp"
    security_groups = [aws_security_group.checkout.id]
  }
}

resource "aws_security_group" "checkout" {
  name   = "checkout"
  vpc_id = aws_vpc.shop.id
  tags   = local.in_scope
}

resource "aws_vpc_security_group_ingress_rule" "checkout_from_edge" {
  security_group_id            = aws_security_group.checkout.id
  referenced_security_group_id = aws_security_group.edge.id
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
}

resource "aws_security_group" "settlement" {
  name   = "settlement"
  vpc_id = aws_vpc.shop.id
  tags   = local.in_scope

  egress {
    description = "The acquirer, the bank, Kafka, the mail relay"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "ledger" {
  name   = "ledger"
  vpc_id = aws_vpc.shop.id
  tags   = local.in_scope

  egress {
    description = "The acquirer"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.0/27"]
  }
}

resource "aws_security_group" "jump_host" {
  name   = "jump-host"
  vpc_id = aws_vpc.shop.id

  ingress {
    description = "On-call, from wherever they are"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "office_access" {
  name   = "office-access"
  vpc_id = aws_vpc.shop.id

  ingress {
    description = "SSH from the office"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.office_cidrs
  }
}

resource "aws_security_group" "partner_access" {
  name   = "partner-access"
  vpc_id = aws_vpc.shop.id

  ingress {
    description = "SFTP from the fulfilment partner"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.partner_cidrs
  }
}

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = aws_vpc.shop.id
  tags   = local.in_scope
}

resource "aws_security_group_rule" "database_from_checkout" {
  type                     = "ingress"
  security_group_id        = aws_security_group.database.id
  source_security_group_id = aws_security_group.checkout.id
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
}

resource "aws_security_group_rule" "database_from_analysts" {
  type              = "ingress"
  security_group_id = aws_security_group.database.id
  protocol          = "tcp"
  from_port         = 5432
  to_port           = 5432
  ipv6_cidr_blocks  = ["::/0"]
}
