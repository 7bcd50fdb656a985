module "bastion" {
  source              = "terraform-aws-modules/security-group/aws"
  version             = "5.1.0"
  ingress_cidr_blocks = ["0.0.0.0/0"] # expect
  ingress_rules       = ["https-443-tcp", "ssh-tcp"]
}

module "orders" {
  source = "terraform-aws-modules/security-group/aws"
  ingress_with_cidr_blocks = [
    { # expect
      from_port   = 3306
      to_port     = 3306
      protocol    = "tcp"
      cidr_blocks = "10.0.0.0/8,0.0.0.0/0"
    },
    { # expect
      rule        = "postgresql-tcp"
      cidr_blocks = "0.0.0.0/0"
    },
  ]
}

module "ledger" {
  source              = "terraform-aws-modules/security-group/aws//modules/postgresql"
  ingress_cidr_blocks = ["0.0.0.0/0"] # expect
}
