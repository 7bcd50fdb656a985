variable "users" { type = list(string) }

variable "policy" { type = string }

resource "aws_kms_key" "data" {
  policy = var.policy
}

resource "aws_kms_key" "listed" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = "*"
      Principal = { AWS = var.users }
    }]
  })
}

variable "conditions" { type = map(map(string)) }

resource "aws_kms_key" "on_conditions" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = "*"
      Principal = "*"
      Condition = var.conditions
    }]
  })
}
