resource "aws_iam_role_policy_attachment" "ci" {
  role       = "ci"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # expect
}

resource "aws_iam_role" "ops" {
  name               = "ops"
  assume_role_policy = "{}"
  managed_policy_arns = [
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/IAMFullAccess", # expect
  ]
}

resource "aws_iam_group_policy_attachments_exclusive" "people" {
  group_name  = "people"
  policy_arns = ["arn:aws-cn:iam::aws:policy/PowerUserAccess"] # expect
}

resource "aws_ssoadmin_managed_policy_attachment" "everyday" {
  instance_arn       = "arn:aws:sso:::instance/1"
  permission_set_arn = "arn:aws:sso:::permissionSet/1/2"
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # expect
}

data "aws_iam_policy" "admin" {
  name = "AdministratorAccess"
}

resource "aws_iam_user_policy_attachment" "looked_up" { # expect
  user       = "deploy"
  policy_arn = data.aws_iam_policy.admin.arn
}

resource "aws_eks_access_policy_association" "pipeline" {
  cluster_name  = "main"
  principal_arn = "arn:aws:iam::1:role/pipeline"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy" # expect
  access_scope {
    type = "cluster"
  }
}

resource "aws_iam_role_policy_attachment" "files" {
  role       = "shop"
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess" # expect
}

resource "aws_iam_user_policy_attachment" "secrets" {
  user       = "shop"
  policy_arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite" # expect
}
