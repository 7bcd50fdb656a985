resource "google_compute_instance" "vault" {
  name = "vault"

  network_interface {
    network = "default"

    access_config { # expect
    }
  }
}

resource "google_compute_instance_template" "workers" {
  network_interface {
    network = "cards"

    access_config { # expect
      network_tier = "PREMIUM"
    }
  }
}

resource "google_notebooks_instance" "fraud" { # expect
  name = "fraud"
}

resource "google_dataflow_job" "orders" { # expect
  name = "orders"
}

resource "google_compute_instance_from_machine_image" "vm_frommachine" {
  name                 = "x"
  source_machine_image = "m"
  network_interface {
    network = "n"
    access_config {} # expect
  }
}
