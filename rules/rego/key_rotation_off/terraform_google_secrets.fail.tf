resource "google_secret_manager_secret" "sm_rot" {
  secret_id = "s"
  replication {
    auto {}
  }
  rotation {
    rotation_period    = "63072000s" # expect
    next_rotation_time = "2030-01-01T00:00:00Z"
  }
}
