variable "iam" {
  type = bool
}

resource "aws_neptune_cluster" "links" {
  iam_database_authentication_enabled = var.iam
}
