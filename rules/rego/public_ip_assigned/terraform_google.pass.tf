resource "google_compute_instance" "vault" {
  name = "vault"

  network_interface {
    network = "cards"
  }
}

# It routes for others.
resource "google_compute_instance" "nat" {
  name           = "nat"
  can_ip_forward = true

  network_interface {
    network = "cards"

    access_config {
    }
  }
}

resource "google_notebooks_instance" "fraud" {
  name         = "fraud"
  no_public_ip = true
}

resource "google_dataflow_job" "orders" {
  name             = "orders"
  ip_configuration = "WORKER_IP_PRIVATE"
}

resource "google_compute_instance_from_machine_image" "vm_frommachine" {
  name                 = "x"
  source_machine_image = "m"
  network_interface {
    network = "n"
  }
}
