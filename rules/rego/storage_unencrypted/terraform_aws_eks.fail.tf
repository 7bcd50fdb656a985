resource "aws_eks_cluster" "old" { # expect
  name    = "old"
  version = "1.24"
}

resource "aws_eks_cluster" "number" { # expect
  name    = "number"
  version = 1.27
}
