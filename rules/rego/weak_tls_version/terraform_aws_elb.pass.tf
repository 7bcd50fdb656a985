resource "aws_load_balancer_policy" "classic" {
  policy_type_name = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
  policy_attribute {
    name  = "Protocol-TLSv1"
    value = "false"
  }
}

resource "aws_load_balancer_policy" "predefined" {
  policy_type_name = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}

resource "aws_load_balancer_policy" "sticky" {
  policy_type_name = "AppCookieStickinessPolicyType"
  policy_attribute {
    name  = "CookieName"
    value = "session"
  }
}

resource "aws_elb" "classic" {
  name = "classic"
  listener {
    lb_port     = 443
    lb_protocol = "HTTPS"
  }
}

resource "aws_load_balancer_listener_policy" "classic" {
  load_balancer_name = aws_elb.classic.name
  load_balancer_port = 443
  policy_names       = ["tls"]
}

resource "aws_elb" "plain" {
  listener {
    lb_port     = 80
    lb_protocol = "http"
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "SSLPolicy"
    value     = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  }
}
