variable "internal" { type = bool }

resource "aws_lb" "maybe_inside" {
  internal = var.internal
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.maybe_inside.arn
  port              = 8080
  protocol          = "HTTP"
  default_action { type = "forward" }
}
