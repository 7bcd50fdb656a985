resource "aws_cloudtrail" "main" {
  name                  = "main"
  s3_bucket_name        = "trail"
  is_multi_region_trail = true
  event_selector {
    read_write_type = "All"
  }
}

resource "aws_lb" "public" {
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_elb" "classic" {
  access_logs { bucket = "logs" }
}

resource "aws_lb" "gateway" {
  load_balancer_type = "gateway"
}

resource "aws_cloudfront_distribution" "cdn" {
  logging_config { bucket = "logs.s3.amazonaws.com" }
}

resource "aws_api_gateway_stage" "prod" {
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-central-1:1:log-group:api"
    format          = "$context.requestId"
  }
}

resource "aws_eks_cluster" "main" {
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
}

resource "aws_msk_cluster" "events" {
  logging_info {
    broker_logs {
      s3 {
        enabled = true
        bucket  = "logs"
      }
    }
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id       = aws_vpc.main.id
  traffic_type = "ALL"
}

resource "aws_cloudfront_distribution" "real_time" {
  default_cache_behavior {
    realtime_log_config_arn = "arn:aws:cloudfront::1:realtime-log-config/all"
  }
}

# Passes bytes on, and can log no more than that.
resource "aws_lb" "bytes" {
  load_balancer_type = "network"
}

resource "aws_lb_listener" "bytes" {
  load_balancer_arn = aws_lb.bytes.arn
  port              = 443
  protocol          = "TCP"
}
