variable "balancer" { type = string }

resource "aws_elb" "classic" {
  listener {
    lb_port     = 443
    lb_protocol = "https"
  }
}

resource "aws_load_balancer_listener_policy" "some" {
  load_balancer_name = var.balancer
  load_balancer_port = 443
  policy_names       = ["tls"]
}
