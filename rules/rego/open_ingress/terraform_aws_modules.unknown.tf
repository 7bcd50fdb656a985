variable "ranges" {
  type = list(string)
}

module "bastion" {
  source              = "terraform-aws-modules/security-group/aws"
  ingress_cidr_blocks = var.ranges
  ingress_rules       = ["ssh-tcp"]
}
