resource "aws_kms_key" "data" { # expect
  description = "card data"
}

resource "aws_kms_key" "logs" {
  enable_key_rotation = false # expect
}

resource "aws_kms_key" "explicit" { # expect
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  key_usage                = "ENCRYPT_DECRYPT"
  multi_region             = true
}

# a period alone turns nothing on
resource "aws_kms_key" "period" {
  enable_key_rotation     = "false" # expect
  rotation_period_in_days = 180
}

resource "aws_kms_key" "slow" {
  enable_key_rotation     = true
  rotation_period_in_days = 1095 # expect
}
