resource "azurerm_storage_account" "said" {
  name                            = "said"
  allow_nested_items_to_be_public = false
}

resource "azurerm_storage_account" "said_before" {
  name                     = "saidbefore"
  allow_blob_public_access = false
}

# Nobody gets as far as the containers.
resource "azurerm_storage_account" "private" {
  name                          = "private"
  public_network_access_enabled = false
}

resource "azurerm_storage_account" "fenced" {
  name = "fenced"

  network_rules {
    default_action = "Deny"
  }
}

resource "azurerm_storage_account" "fenced_beside" {
  name = "fencedbeside"
}

resource "azurerm_storage_account_network_rules" "fenced_beside" {
  storage_account_id = azurerm_storage_account.fenced_beside.id
  default_action     = "Deny"
}
