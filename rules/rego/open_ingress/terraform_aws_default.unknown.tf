variable "vpc_id" {}

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "some" {
  vpc_id = var.vpc_id
}
