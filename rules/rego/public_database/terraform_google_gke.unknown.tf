variable "ranges" { type = list(string) }

resource "google_container_cluster" "shop" {
  name               = "shop"
  initial_node_count = 1

  master_authorized_networks_config {
    dynamic "cidr_blocks" {
      for_each = var.ranges
      content { cidr_block = cidr_blocks.value }
    }
  }
}
