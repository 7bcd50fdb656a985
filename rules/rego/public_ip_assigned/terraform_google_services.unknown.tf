variable "private" { type = bool }

resource "google_container_cluster" "shop" {
  name = "shop"

  private_cluster_config {
    enable_private_nodes = var.private
  }
}

resource "google_data_fusion_instance" "orders" {
  name             = "orders"
  type             = "BASIC"
  private_instance = var.private
}
