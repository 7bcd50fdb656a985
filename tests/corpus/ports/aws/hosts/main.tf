# The network of the hosts that administer the checkout, of modules everybody uses.
module "hosts" {
  source                  = "terraform-aws-modules/vpc/aws"
  version                 = "5.16.0"
  name                    = "hosts"
  cidr                    = "10.41.0.0/16"
  map_public_ip_on_launch = false
  enable_flow_log         = true
}

module "bastion" {
  source              = "terraform-aws-modules/security-group/aws"
  version             = "5.2.0"
  name                = "bastion"
  vpc_id              = module.hosts.vpc_id
  ingress_cidr_blocks = ["10.40.60.0/24"]
  ingress_rules       = ["ssh-tcp"]
}
