variable "public" {
  type = bool
}

module "bastion" {
  source                      = "terraform-aws-modules/ec2-instance/aws"
  associate_public_ip_address = var.public
}
