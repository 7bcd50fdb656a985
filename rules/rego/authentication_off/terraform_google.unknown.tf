variable "auth" { type = bool }
variable "port" { type = string }

resource "google_redis_instance" "sessions" {
  name           = "sessions"
  memory_size_gb = 1
  auth_enabled   = var.auth
}

resource "google_container_node_pool" "nodes" {
  cluster = "shop"

  node_config {
    kubelet_config {
      insecure_kubelet_readonly_port_enabled = var.port
    }
  }
}
