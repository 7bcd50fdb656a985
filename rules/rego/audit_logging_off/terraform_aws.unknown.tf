variable "on" { type = bool }
variable "network" { type = string }

resource "aws_cloudtrail" "main" {
  name                  = "main"
  s3_bucket_name        = "trail"
  is_multi_region_trail = true
  enable_logging        = var.on
}

resource "aws_elb" "classic" {
  access_logs {
    bucket  = "logs"
    enabled = var.on
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "some" {
  vpc_id = var.network
}
