resource "aws_load_balancer_policy" "classic" {
  load_balancer_name = "classic"
  policy_name        = "tls"
  policy_type_name   = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "Protocol-TLSv1.1" # expect
    value = "true"
  }
}

resource "aws_load_balancer_policy" "predefined" {
  policy_type_name = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-2016-08" # expect
  }
}

resource "aws_lb_ssl_negotiation_policy" "old" {
  name          = "old"
  load_balancer = aws_elb.old.id
  lb_port       = 443
  attribute {
    name  = "Protocol-TLSv1" # expect
    value = "true"
  }
  attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
}

# the fault is its policy's
resource "aws_elb" "old" {
  listener {
    lb_port     = 443
    lb_protocol = "https"
  }
}

resource "aws_elb" "bare" {
  listener {
    lb_port     = 443
    lb_protocol = "https" # expect
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "SSLPolicy"
    value     = "ELBSecurityPolicy-2016-08" # expect
  }
}
