variable "debug" {}

resource "kubernetes_pod_v1" "tool" {
  metadata { name = "tool" }
  spec {
    container {
      name = "tool"
      security_context { privileged = var.debug }
    }
  }
}
