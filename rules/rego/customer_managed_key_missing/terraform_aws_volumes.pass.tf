resource "aws_kms_key" "mine" {}

resource "aws_ebs_default_kms_key" "region" {
  key_arn = aws_kms_key.mine.arn
}

resource "aws_ebs_encryption_by_default" "region" {}

# The account's default key is one's own.
resource "aws_ebs_volume" "by_default" {
  encrypted = true
}

resource "aws_ebs_volume" "named" {
  encrypted  = true
  kms_key_id = aws_kms_key.mine.arn
}

# Not encrypted: another policy's business.
resource "aws_ebs_volume" "open" {
  encrypted = false
}

resource "aws_instance" "worker" {
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.mine.arn
  }
}
