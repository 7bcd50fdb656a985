resource "aws_eks_cluster" "main" {
  vpc_config {
    subnet_ids             = ["subnet-1"]
    endpoint_public_access = true # expect
  }
}

resource "aws_eks_cluster" "open" {
  vpc_config {
    endpoint_public_access = true # expect
    public_access_cidrs    = ["0.0.0.0/0"]
  }
}

resource "aws_eks_cluster" "silent" {
  vpc_config { # expect
    subnet_ids = ["subnet-1"]
  }
}
