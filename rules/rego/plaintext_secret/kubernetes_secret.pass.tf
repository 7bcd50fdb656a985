resource "random_password" "ledger" { length = 32 }

variable "mac" { sensitive = true }

resource "kubernetes_secret_v1" "ledger" {
  metadata { name = "ledger" }
  data = {
    username = "ledger"
    password = random_password.ledger.result
    mac      = var.mac
  }
}
