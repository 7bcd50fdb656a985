variable "public" { type = bool }

variable "accounts" { type = list(string) }

resource "aws_db_instance" "orders" {
  publicly_accessible = var.public
}

resource "aws_db_snapshot" "orders" {
  shared_accounts = var.accounts
}
