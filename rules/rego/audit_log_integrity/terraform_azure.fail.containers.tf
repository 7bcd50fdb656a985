resource "azurerm_storage_container_immutability_policy" "container_immutability_unlocked" {
  storage_container_resource_manager_id = "abc"
  immutability_period_in_days           = 365
  locked                                = false # expect
}
