resource "aws_kms_key" "cards" {
  deletion_window_in_days = 7 # expect
}

resource "aws_kms_replica_key" "cards" {
  primary_key_arn         = aws_kms_key.cards.arn
  deletion_window_in_days = "10" # expect
}

resource "aws_kms_external_key" "imported" {
  deletion_window_in_days = 13 # expect
}
