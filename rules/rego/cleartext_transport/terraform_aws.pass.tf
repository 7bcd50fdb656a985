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

resource "aws_cloudsearch_domain" "orders" {
  name = "orders"

  endpoint_options {
    enforce_https = true
  }
}
