variable "principal" { type = string }

resource "aws_lambda_permission" "caller" {
  action        = "lambda:InvokeFunction"
  function_name = "refund"
  principal     = var.principal
}
