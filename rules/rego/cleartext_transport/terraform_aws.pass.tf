resource "aws_lb_listener" "http" {
  port     = 80
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb" "inside" {
  internal = true
}

resource "aws_lb_listener" "inside" {
  load_balancer_arn = aws_lb.inside.arn
  port              = 8080
  protocol          = "HTTP"
  default_action { type = "forward" }
}

resource "aws_lb_listener" "https" {
  port     = 443
  protocol = "HTTPS"
  default_action { type = "forward" }
}

resource "aws_cloudfront_distribution" "cdn" {
  default_cache_behavior {
    viewer_protocol_policy = "redirect-to-https"
  }
  origin {
    domain_name = "site.s3-website.eu-central-1.amazonaws.com"
    custom_origin_config {
      origin_protocol_policy = "http-only"
    }
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  transit_encryption_enabled = true
}

resource "aws_msk_cluster" "events" {
  cluster_name = "events"
}

resource "aws_opensearch_domain" "search" {
  domain_endpoint_options { enforce_https = true }
  node_to_node_encryption { enabled = true }
}

resource "aws_ecs_task_definition" "worker" {
  volume {
    efs_volume_configuration {
      file_system_id     = "fs-1"
      transit_encryption = "ENABLED"
    }
  }
}

# viewers come with HTTPS only, and so does CloudFront
resource "aws_cloudfront_distribution" "as_it_comes" {
  default_cache_behavior {
    viewer_protocol_policy = "https-only"
  }
  origin {
    domain_name = "shop.example.com"
    custom_origin_config {
      origin_protocol_policy = "match-viewer"
    }
  }
}

# S3 is always reached over HTTPS
resource "aws_dms_endpoint" "lake" {
  endpoint_type = "target"
  engine_name   = "s3"
  ssl_mode      = "none"
}

resource "aws_dms_endpoint" "source" {
  engine_name = "postgres"
  ssl_mode    = "require"
}
