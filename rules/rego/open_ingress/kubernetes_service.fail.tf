resource "kubernetes_service" "ledger" {
  metadata { name = "ledger" }
  spec {
    type = "LoadBalancer" # expect
    port { port = 5432 }
  }
}
