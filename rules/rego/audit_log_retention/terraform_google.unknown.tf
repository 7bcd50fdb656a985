variable "days" { type = number }

resource "google_logging_project_bucket_config" "audit" {
  project        = "shop"
  location       = "global"
  retention_days = var.days
  bucket_id      = "audit"
}
