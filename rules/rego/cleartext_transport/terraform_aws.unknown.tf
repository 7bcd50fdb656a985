variable "internal" { type = bool }

variable "policy" { type = string }

resource "aws_lb" "maybe_inside" {
  internal = var.internal
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.maybe_inside.arn
  port              = 8080
  protocol          = "HTTP"
  default_action { type = "forward" }
}

resource "aws_cloudfront_distribution" "cdn" {
  default_cache_behavior {
    viewer_protocol_policy = var.policy
  }
}
