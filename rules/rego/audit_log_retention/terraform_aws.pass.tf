resource "aws_cloudwatch_log_group" "audit" {
  retention_in_days = 400
}

resource "aws_cloudwatch_log_group" "kept" {
  name = "for-ever"
}

resource "aws_cloudwatch_log_group" "zero" {
  retention_in_days = 0
}
