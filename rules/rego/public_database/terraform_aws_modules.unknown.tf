variable "ranges" {
  type = list(string)
}

module "shop" {
  source                               = "terraform-aws-modules/eks/aws"
  cluster_endpoint_public_access       = true
  cluster_endpoint_public_access_cidrs = var.ranges
}
