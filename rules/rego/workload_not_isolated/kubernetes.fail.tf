resource "kubernetes_deployment_v1" "app" {
  metadata {
    name      = "processor" # expect
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
