module "orders" {
  source              = "terraform-aws-modules/rds/aws"
  publicly_accessible = true # expect
}

module "shop" {
  source                         = "terraform-aws-modules/eks/aws"
  version                        = "~> 20.0"
  cluster_endpoint_public_access = true # expect
}

module "shop21" {
  source                       = "terraform-aws-modules/eks/aws"
  endpoint_public_access       = true # expect
  endpoint_public_access_cidrs = ["203.0.113.0/24", "0.0.0.0/0"]
}
