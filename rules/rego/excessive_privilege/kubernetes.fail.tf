resource "kubernetes_cluster_role" "all" {
  metadata { name = "all" }
  rule {
    api_groups = ["*"]
    resources  = ["*"]
    verbs      = ["*"] # expect
  }
}

resource "kubernetes_cluster_role_binding" "admin" {
  metadata { name = "checkout-admin" }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "cluster-admin" # expect
  }
  subject {
    kind      = "ServiceAccount"
    name      = "checkout"
    namespace = "payments"
  }
}
