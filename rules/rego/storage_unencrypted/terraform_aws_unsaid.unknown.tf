variable "encrypt" {}

resource "aws_instance" "worker" {
  dynamic "root_block_device" {
    for_each = var.encrypt ? [1] : []
    content {
      encrypted = true
    }
  }
}
