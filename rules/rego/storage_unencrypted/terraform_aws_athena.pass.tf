resource "aws_athena_workgroup" "reports" {
  configuration {
    result_configuration {
      output_location = "s3://reports/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "arn:aws:kms:eu-central-1:1:key/1"
      }
    }
  }
}

resource "aws_athena_workgroup" "managed" {
  configuration {
    managed_query_results_configuration {
      enabled = true
    }
  }
}

resource "aws_athena_database" "cards" {
  name   = "cards"
  bucket = "reports"
  encryption_configuration {
    encryption_option = "SSE_S3"
  }
}
