# The checkout in Google Cloud: its project, its key, the machine that settles, and what TLS takes.
resource "google_project" "checkout" {
  name                = "kettlewick checkout"
  project_id          = "kettlewick-checkout"
  folder_id           = "412345678901"
  auto_create_network = false
}

resource "google_project_iam_audit_config" "checkout" {
  project = google_project.checkout.project_id
  service = "allServices"

  audit_log_config {
    log_type = "DATA_READ"
  }

  audit_log_config {
    log_type = "DATA_WRITE"
  }
}

resource "google_kms_crypto_key" "data" {
  name                       = "data"
  key_ring                   = "projects/kettlewick-keys/locations/europe-west1/keyRings/checkout"
  rotation_period            = "7776000s"
  destroy_scheduled_duration = "2592000s"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_compute_instance" "settlement" {
  name         = "settlement"
  project      = google_project.checkout.project_id
  zone         = "europe-west1-b"
  machine_type = "n2d-standard-2"

  boot_disk {
    kms_key_self_link = google_kms_crypto_key.data.id
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }

  network_interface {
    subnetwork = "settlement"
  }

  metadata = {
    block-project-ssh-keys = "true"
    enable-oslogin         = "true"
    serial-port-enable     = "false"
  }

  service_account {
    email  = "settlement@kettlewick-checkout.iam.gserviceaccount.com"
    scopes = ["https://www.googleapis.com/auth/cloud-platform"]
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }
}

resource "google_compute_ssl_policy" "checkout" {
  name            = "checkout"
  project         = google_project.checkout.project_id
  profile         = "RESTRICTED"
  min_tls_version = "TLS_1_2"
}
