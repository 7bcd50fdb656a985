resource "aws_lambda_permission" "all" {
  action        = "lambda:InvokeFunction"
  function_name = "refund"
  principal     = "*" # expect
}

resource "aws_lambda_function_url" "hook" {
  function_name      = "hook"
  authorization_type = "NONE" # expect
}

resource "aws_lambda_layer_version_permission" "shared" {
  layer_name     = "crypto"
  version_number = 1
  statement_id   = "all"
  action         = "lambda:GetLayerVersion"
  principal      = "*" # expect
}

resource "aws_cloudwatch_event_permission" "all" {
  statement_id = "all"
  principal    = "*" # expect
}

resource "aws_ssm_document" "patch" {
  name          = "patch"
  document_type = "Command"
  content       = "{}"
  permissions = {
    type        = "Share"
    account_ids = "All" # expect
  }
}

resource "aws_vpc_endpoint_service" "payments" {
  acceptance_required = false
  allowed_principals  = ["*"] # expect
}

resource "aws_lambda_permission" "any_bucket" {
  action    = "lambda:InvokeFunction"
  principal = "s3.amazonaws.com" # expect
}
