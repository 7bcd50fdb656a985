resource "aws_kms_key" "mine" {}

resource "aws_sns_topic" "orders" {
  kms_master_key_id = aws_kms_key.mine.id
}

# Not encrypted at all is another policy's business.
resource "aws_sns_topic" "open" {}

resource "aws_lambda_function" "hook" {
  kms_key_arn = aws_kms_key.mine.arn
  environment {
    variables = {
      MODE = "live"
    }
  }
}

resource "aws_lambda_function" "no_variables" {}

resource "aws_ssm_document" "sessions" {
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    sessionType = "Standard_Stream"
    inputs      = { kmsKeyId = aws_kms_key.mine.arn }
  })
}

resource "aws_ssm_document" "command" {
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2", mainSteps = [] })
}

resource "aws_eks_cluster" "shop" {
  name = "shop"
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.mine.arn
    }
  }
}

resource "aws_opensearchserverless_security_policy" "orders" {
  type = "encryption"
  policy = jsonencode({
    Rules  = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
    KmsARN = aws_kms_key.mine.arn
  })
}

resource "aws_opensearchserverless_security_policy" "network" {
  type   = "network"
  policy = jsonencode([{ AllowFromPublic = false }])
}

resource "aws_glue_security_configuration" "keys" {
  name = "keys"
}

resource "aws_glue_job" "settle" {
  name                   = "settle"
  security_configuration = aws_glue_security_configuration.keys.name
}

# Encrypted in a way of its own.
resource "aws_eks_cluster" "old" {
  version = "1.24"
}
