variable "encrypted" { type = bool }

resource "aws_launch_template" "nodes" {
  block_device_mappings {
    ebs { encrypted = var.encrypted }
  }
}
