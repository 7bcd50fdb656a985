resource "kubernetes_deployment_v1" "app" {
  metadata {
    name      = "processor"
    namespace = "payments"
  }
  spec {
    template {
      metadata { labels = { app = "processor", "pci-scope" = "true" } }
      spec {
        container {
          name  = "app"
          image = "registry.example/app:1"
        }
      }
    }
  }
}

resource "kubernetes_network_policy_v1" "deny" {
  metadata {
    name      = "deny"
    namespace = "payments"
  }
  spec {
    pod_selector {}
    policy_types = ["Ingress", "Egress"]
  }
}
