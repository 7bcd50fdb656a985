variable "permissions" { type = list(string) }
variable "mode" { type = string }

resource "google_project_iam_custom_role" "clerk" {
  role_id     = "clerk"
  title       = "clerk"
  permissions = var.permissions
}

resource "google_container_node_pool" "nodes" {
  cluster = "shop"

  node_config {
    workload_metadata_config {
      mode = var.mode
    }
  }
}
