resource "google_container_cluster" "default" { # expect
  name               = "default"
  initial_node_count = 1
}

# Its nodes are private, its API server is not.
resource "google_container_cluster" "nodes_only" { # expect
  name               = "nodes-only"
  initial_node_count = 1

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = false
  }
}

resource "google_container_cluster" "all" {
  name               = "all"
  initial_node_count = 1

  master_authorized_networks_config {
    cidr_blocks {
      cidr_block   = "198.51.100.0/24"
      display_name = "office"
    }
    cidr_blocks {
      cidr_block   = "0.0.0.0/0" # expect
      display_name = "all"
    }
  }
}

resource "google_container_cluster" "gke_man_wide" {
  name = "c"
  master_authorized_networks_config {
    cidr_blocks { cidr_block = "32.0.0.0/3" } # expect
  }
}

resource "google_container_cluster" "gke_man_gcp" {
  name = "c"
  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled = true # expect
    cidr_blocks { cidr_block = "203.0.113.0/29" }
  }
}
