resource "google_container_cluster" "private" {
  name               = "private"
  initial_node_count = 1

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = true
  }
}

resource "google_container_cluster" "office" {
  name               = "office"
  initial_node_count = 1

  master_authorized_networks_config {
    cidr_blocks {
      cidr_block = "198.51.100.0/24"
    }
  }
}

resource "google_container_cluster" "nobody_outside" {
  name               = "nobody"
  initial_node_count = 1

  master_authorized_networks_config {}
}

resource "google_container_cluster" "by_name" {
  name               = "by-name"
  initial_node_count = 1

  control_plane_endpoints_config {
    ip_endpoints_config {
      enabled = false
    }
  }
}

resource "google_container_cluster" "gke_man_wide" {
  name = "c"
  master_authorized_networks_config {
    cidr_blocks { cidr_block = "203.0.113.0/29" }
  }
}

resource "google_container_cluster" "gke_man_gcp" {
  name = "c"
  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled = false
    cidr_blocks { cidr_block = "203.0.113.0/29" }
  }
}
