# Nothing is encrypted here.
resource "aws_lb_listener" "http" {
  port     = 80
  protocol = "HTTP"
}

resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  encrypted         = false
}

resource "aws_cloudwatch_log_group" "plain" {
  name = "plain"
}

resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
}
