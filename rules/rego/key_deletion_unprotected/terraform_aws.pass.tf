resource "aws_kms_key" "cards" {}

resource "aws_kms_key" "orders" {
  deletion_window_in_days = 14
}

resource "aws_kms_replica_key" "cards" {
  deletion_window_in_days = 30
}
