variable "key" {}

resource "aws_ebs_volume" "named" {
  encrypted  = true
  kms_key_id = var.key
}
