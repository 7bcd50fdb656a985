resource "aws_instance" "worker" {
  ami = "ami-1"
  root_block_device {
    encrypted = true
  }
}

# Its template says it.
resource "aws_instance" "templated" {
  launch_template {
    id = "lt-1"
  }
}

resource "aws_elasticache_cluster" "replica" {
  replication_group_id = "sessions"
}

# Keeps nothing on disk.
resource "aws_elasticache_cluster" "pages" {
  engine = "memcached"
}

resource "aws_emr_security_configuration" "encrypted" {}

resource "aws_emr_cluster" "reports" {
  security_configuration = aws_emr_security_configuration.encrypted.name
}

resource "aws_ssm_document" "sessions" {
  document_type = "Session"
  content = jsonencode({
    schemaVersion = "1.0"
    inputs = {
      s3BucketName                = "sessions"
      s3EncryptionEnabled         = true
      cloudWatchLogGroupName      = ""
      cloudWatchEncryptionEnabled = false
    }
  })
}
