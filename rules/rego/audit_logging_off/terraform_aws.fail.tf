resource "aws_cloudtrail" "main" {
  name                          = "main"
  s3_bucket_name                = "trail"
  enable_logging                = false # expect
  is_multi_region_trail         = true
  include_global_service_events = false # expect
}

resource "aws_cloudtrail" "regional" { # expect
  name           = "regional"
  s3_bucket_name = "trail"
}

resource "aws_lb" "public" { # expect
  name = "public"
}

resource "aws_lb" "api" {
  access_logs {
    bucket  = "logs"
    enabled = false # expect
  }
}

resource "aws_elb" "classic" { # expect
  name = "classic"
}

resource "aws_cloudfront_distribution" "cdn" { # expect
  enabled = true
}

resource "aws_api_gateway_stage" "prod" { # expect
  stage_name = "prod"
}

resource "aws_eks_cluster" "main" {
  name                      = "main"
  enabled_cluster_log_types = ["api", "scheduler"] # expect
}

resource "aws_msk_cluster" "events" { # expect
  cluster_name = "events"
}

resource "aws_docdb_cluster" "carts" { # expect
  cluster_identifier = "carts"
}

resource "aws_vpc" "main" { # expect
  cidr_block = "10.0.0.0/16"
}
