module "network" {
  source                  = "terraform-aws-modules/vpc/aws"
  map_public_ip_on_launch = true # expect
}

module "bastion" {
  source                      = "terraform-aws-modules/ec2-instance/aws"
  associate_public_ip_address = true # expect
}
