module "web" {
  source              = "terraform-aws-modules/security-group/aws"
  ingress_cidr_blocks = ["0.0.0.0/0"]
  ingress_rules       = ["https-443-tcp", "http-80-tcp"]
}

module "orders" {
  source              = "terraform-aws-modules/security-group/aws"
  ingress_cidr_blocks = ["10.0.0.0/8"]
  ingress_rules       = ["mysql-tcp"]
  egress_cidr_blocks  = ["0.0.0.0/0"]
}

module "edge" {
  source              = "terraform-aws-modules/security-group/aws//modules/https-443"
  ingress_cidr_blocks = ["0.0.0.0/0"]
}

module "other" {
  source              = "example/other/aws"
  ingress_cidr_blocks = ["0.0.0.0/0"]
  ingress_rules       = ["ssh-tcp"]
}
