resource "kubernetes_network_policy_v1" "p" {
  metadata { name = "p" }
  spec {
    pod_selector { match_labels = { "pci-scope" = "true" } }
    policy_types = ["Egress"]
    egress {
      to {
        ip_block { cidr = "0.0.0.0/0" } # expect
      }
    }
  }
}
