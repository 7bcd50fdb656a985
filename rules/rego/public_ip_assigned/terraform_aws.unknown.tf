variable "public" { type = bool }

variable "machine" {}

resource "aws_subnet" "front" {
  map_public_ip_on_launch = var.public
}

resource "aws_instance" "worker" {
  associate_public_ip_address = var.public
}

resource "aws_eip" "some" {
  instance = var.machine
}
