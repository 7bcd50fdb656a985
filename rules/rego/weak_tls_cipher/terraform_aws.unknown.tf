variable "policy" {
  type = string
}

resource "aws_lb_listener" "shop" {
  protocol   = "HTTPS"
  ssl_policy = var.policy
}
