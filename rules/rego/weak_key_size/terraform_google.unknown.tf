variable "algorithm" { type = string }

resource "google_service_account_key" "key" {
  service_account_id = "app"
  key_algorithm      = var.algorithm
}
