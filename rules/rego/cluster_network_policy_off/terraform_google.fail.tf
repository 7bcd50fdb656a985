resource "google_container_cluster" "plain" { # expect
  name = "plain"
}

resource "google_container_cluster" "off" {
  name = "off"

  network_policy {
    enabled = false # expect
  }
}

resource "google_container_cluster" "half" {
  name = "half"

  network_policy {
    enabled = true
  }

  addons_config {
    network_policy_config {
      disabled = true # expect
    }
  }
}
