module "network" {
  source         = "terraform-aws-modules/vpc/aws"
  public_subnets = ["10.0.1.0/24"]
}

module "web" {
  source                      = "terraform-aws-modules/ec2-instance/aws"
  associate_public_ip_address = false
}
