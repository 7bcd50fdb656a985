resource "aws_elastic_beanstalk_environment" "shop" {
  setting {
    namespace = "aws:elbv2:listener:80"
    name      = "Protocol"
    value     = "HTTP" # expect
  }
}

resource "aws_elastic_beanstalk_configuration_template" "classic" {
  setting {
    namespace = "aws:elb:listener"
    name      = "ListenerProtocol"
    value     = "HTTP" # expect
  }
}
