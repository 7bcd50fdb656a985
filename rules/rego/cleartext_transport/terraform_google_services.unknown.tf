variable "tls" { type = bool }
variable "target" { type = string }

resource "google_apigee_target_server" "bank" {
  name = "bank"
  host = "bank.example.com"
  port = 443

  s_sl_info {
    enabled = var.tls
  }
}

resource "google_pubsub_subscription" "paid" {
  name  = "paid"
  topic = "paid"

  push_config {
    push_endpoint = var.target
  }
}

# What is unknown of it does not matter.
resource "google_pubsub_subscription" "refunded" {
  name  = "refunded"
  topic = "refunded"

  push_config {
    push_endpoint = "https://${var.target}/refunds"
  }
}
