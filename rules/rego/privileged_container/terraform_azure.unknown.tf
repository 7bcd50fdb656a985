variable "privileged" {}

resource "azurerm_container_group" "jobs" {
  container {
    security {
      privilege_enabled = var.privileged
    }
  }
}
