variable "office" {}

resource "kubernetes_network_policy_v1" "vault" {
  metadata { name = "vault" }
  spec {
    pod_selector { match_labels = { "pci-scope" = "true" } }
    policy_types = ["Ingress"]
    ingress {
      from {
        ip_block { cidr = var.office }
      }
    }
  }
}
