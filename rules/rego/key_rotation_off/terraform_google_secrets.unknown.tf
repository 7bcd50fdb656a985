variable "period" { type = string }

resource "google_secret_manager_secret" "psp" {
  secret_id = "psp"

  replication {
    auto {}
  }

  rotation {
    rotation_period    = var.period
    next_rotation_time = "2030-01-01T00:00:00Z"
  }
}
