resource "aws_sns_topic" "orders" {
  kms_master_key_id = "alias/aws/sns" # expect
}

resource "aws_lambda_function" "hook" { # expect
  environment {
    variables = {
      MODE = "live"
    }
  }
}

resource "aws_ssm_document" "sessions" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs = { # expect
      s3BucketName = "sessions"
    }
  })
}

resource "aws_eks_cluster" "shop" { # expect
  name = "shop"
}

resource "aws_opensearchserverless_security_policy" "orders" {
  name = "orders"
  type = "encryption"
  policy = jsonencode({
    Rules       = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
    AWSOwnedKey = true # expect
  })
}

resource "aws_glue_job" "settle" { # expect
  name = "settle"
}

resource "aws_glue_crawler" "orders" { # expect
  name = "orders"
}

resource "aws_glue_dev_endpoint" "lab" { # expect
  name = "lab"
}
