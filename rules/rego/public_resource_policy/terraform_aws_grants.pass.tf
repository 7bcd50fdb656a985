resource "aws_lambda_permission" "bucket" {
  action        = "lambda:InvokeFunction"
  function_name = "refund"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::orders"
}

resource "aws_lambda_permission" "organisation" {
  action           = "lambda:InvokeFunction"
  function_name    = "refund"
  principal        = "*"
  principal_org_id = "o-1"
}

resource "aws_lambda_function_url" "hook" {
  function_name      = "hook"
  authorization_type = "AWS_IAM"
}

resource "aws_cloudwatch_event_permission" "organisation" {
  statement_id = "organisation"
  principal    = "*"
  condition {
    key   = "aws:PrincipalOrgID"
    type  = "StringEquals"
    value = "o-1"
  }
}

resource "aws_ssm_document" "patch" {
  name          = "patch"
  document_type = "Command"
  content       = "{}"
  permissions = {
    type        = "Share"
    account_ids = "1,2"
  }
}

# Each connection is accepted by hand.
resource "aws_vpc_endpoint_service" "payments" {
  acceptance_required = true
  allowed_principals  = ["*"]
}

resource "aws_lambda_permission" "own_bucket" {
  action     = "lambda:InvokeFunction"
  principal  = "s3.amazonaws.com"
  source_arn = "arn:aws:s3:::shop"
}

# No customer can make this service call.
resource "aws_lambda_permission" "secrets" {
  action    = "lambda:InvokeFunction"
  principal = "secretsmanager.amazonaws.com"
}
