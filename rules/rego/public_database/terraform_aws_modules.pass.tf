module "orders" {
  source              = "terraform-aws-modules/rds/aws"
  publicly_accessible = false
}

module "shop" {
  source                               = "terraform-aws-modules/eks/aws"
  version                              = "~> 20.0"
  cluster_endpoint_public_access       = true
  cluster_endpoint_public_access_cidrs = ["203.0.113.0/24"]
}

# Private unless told otherwise.
module "inside" {
  source = "terraform-aws-modules/eks/aws"
}

module "node" {
  source                         = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group"
  cluster_endpoint_public_access = true
}
