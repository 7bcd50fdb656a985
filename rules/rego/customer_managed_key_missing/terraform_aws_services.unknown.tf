variable "key" {}

variable "encrypted" {}

resource "aws_mwaa_environment" "shop" {
  kms_key = var.key
}

resource "aws_workspaces_workspace" "desk" {
  root_volume_encryption_enabled = var.encrypted
}
