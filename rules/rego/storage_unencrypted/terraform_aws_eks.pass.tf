resource "aws_eks_cluster" "old" {
  name    = "old"
  version = "1.24"
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-central-1:1:key/1"
    }
  }
}

# Encrypted by AWS.
resource "aws_eks_cluster" "new" {
  name    = "new"
  version = "1.31"
}

resource "aws_eks_cluster" "newest" {
  name = "newest"
}

resource "aws_eks_cluster" "number" {
  version = 1.30
}
