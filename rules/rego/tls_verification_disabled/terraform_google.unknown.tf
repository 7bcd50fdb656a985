variable "lax" { type = bool }

resource "google_apigee_target_server" "bank" {
  name = "bank"
  host = "bank.example.com"
  port = 443

  s_sl_info {
    enabled                  = true
    ignore_validation_errors = var.lax
  }
}
