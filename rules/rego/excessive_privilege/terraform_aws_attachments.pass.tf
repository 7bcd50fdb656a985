resource "aws_iam_role_policy_attachment" "ci" {
  role       = "ci"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

# Administrators of Amplify projects.
resource "aws_iam_role_policy_attachment" "amplify" {
  role       = "amplify"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess-Amplify"
}

# Somebody's own policy that is called so.
resource "aws_iam_role_policy_attachment" "own" {
  role       = "shop"
  policy_arn = "arn:aws:iam::1:policy/shop/AdministratorAccess"
}

resource "aws_eks_access_policy_association" "team" {
  cluster_name  = "main"
  principal_arn = "arn:aws:iam::1:role/team"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
  access_scope {
    type       = "namespace"
    namespaces = ["shop"]
  }
}

resource "aws_iam_policy" "shop" {
  policy = "{}"
}

resource "aws_iam_role_policy_attachment" "shop" {
  role       = "shop"
  policy_arn = aws_iam_policy.shop.arn
}

resource "aws_iam_role_policy_attachment" "tracing" {
  role       = "shop"
  policy_arn = "arn:aws:iam::aws:policy/AWSXrayFullAccess"
}

resource "aws_iam_role_policy_attachment" "function" {
  role       = "shop"
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy_attachment" "status" {
  role       = "operator"
  policy_arn = "arn:aws:iam::aws:policy/AWSHealthFullAccess"
}
