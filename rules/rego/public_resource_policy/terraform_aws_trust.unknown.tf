variable "policy" {
  type = string
}

resource "aws_vpc_endpoint" "s3" {
  policy = var.policy
}
