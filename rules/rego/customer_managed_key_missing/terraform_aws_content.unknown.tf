variable "key" {}

resource "aws_eks_cluster" "shop" {
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = var.key
    }
  }
}

variable "settings" {}

resource "aws_lambda_function" "hook" {
  environment {
    variables = var.settings
  }
}
