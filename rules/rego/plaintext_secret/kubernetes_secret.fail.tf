resource "kubernetes_secret_v1" "ledger" {
  metadata { name = "ledger" }
  data = {
    username = "ledger"
    password = "correct-horse-battery" # expect
  }
}
