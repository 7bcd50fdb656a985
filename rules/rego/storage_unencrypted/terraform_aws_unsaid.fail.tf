resource "aws_instance" "worker" { # expect
  ami = "ami-1"
}

resource "aws_launch_configuration" "old" { # expect
  image_id = "ami-1"
}

resource "aws_elasticache_cluster" "sessions" {
  engine = "redis" # expect
}

resource "aws_emr_cluster" "reports" { # expect
  name = "reports"
}

resource "aws_ssm_document" "sessions" {
  document_type = "Session"
  content = jsonencode({
    schemaVersion = "1.0"
    inputs = {
      s3BucketName                = "sessions"
      s3EncryptionEnabled         = false # expect
      cloudWatchLogGroupName      = "sessions"
      cloudWatchEncryptionEnabled = "false" # expect
    }
  })
}
