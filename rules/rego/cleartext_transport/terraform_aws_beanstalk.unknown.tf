variable "protocol" {}

resource "aws_elastic_beanstalk_environment" "shop" {
  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "Protocol"
    value     = var.protocol
  }
}
