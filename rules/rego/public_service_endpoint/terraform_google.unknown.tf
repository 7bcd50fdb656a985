variable "ingress" { type = string }
variable "office" { type = string }
variable "serial" { type = string }

resource "google_cloud_run_v2_service" "shop" {
  name     = "shop"
  location = "europe-west1"
  ingress  = var.ingress
}

resource "google_compute_instance" "vault" {
  name = "vault"

  metadata = {
    serial-port-enable = var.serial
  }
}

resource "google_compute_project_metadata_item" "serial" {
  key   = "serial-port-enable"
  value = var.serial
}

resource "google_access_context_manager_access_level" "office" {
  parent = "accessPolicies/1"
  name   = "accessPolicies/1/accessLevels/office"
  title  = "office"

  basic {
    conditions {
      ip_subnetworks = [var.office]
    }
  }
}
