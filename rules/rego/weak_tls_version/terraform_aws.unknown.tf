variable "policy" { type = string }

resource "aws_lb_listener" "https" {
  protocol   = "HTTPS"
  ssl_policy = var.policy
}
