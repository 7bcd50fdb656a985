resource "aws_kms_key" "data" { # expect
  description = "card data"
}

resource "aws_kms_key" "logs" {
  enable_key_rotation = false # expect
}
