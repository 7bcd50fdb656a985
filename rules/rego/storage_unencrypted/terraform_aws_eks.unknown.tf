variable "encrypt" {}

resource "aws_eks_cluster" "old" {
  version = "1.24"
  dynamic "encryption_config" {
    for_each = var.encrypt ? [1] : []
    content {
      resources = ["secrets"]
      provider {
        key_arn = "arn:aws:kms:eu-central-1:1:key/1"
      }
    }
  }
}
