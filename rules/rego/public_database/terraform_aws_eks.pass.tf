resource "aws_eks_cluster" "main" {
  vpc_config {
    endpoint_public_access  = false
    endpoint_private_access = true
  }
}

resource "aws_eks_cluster" "office" {
  vpc_config {
    endpoint_public_access = true
    public_access_cidrs    = ["198.51.100.0/28"]
  }
}
