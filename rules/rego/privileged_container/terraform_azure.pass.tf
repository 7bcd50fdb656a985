resource "azurerm_container_group" "container_group" {
  container {
    name = "a"
    security { privilege_enabled = false }
  }
}
