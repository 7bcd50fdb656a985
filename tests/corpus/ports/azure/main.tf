# The checkout in Azure: its vault and keys, its storage, its disks, and the ways out of its network.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    azapi   = { source = "Azure/azapi", version = "~> 2.0" }
  }
}

resource "azurerm_key_vault" "checkout" {
  name                          = "kettlewick-checkout"
  location                      = "westeurope"
  resource_group_name           = "checkout"
  tenant_id                     = "3f0a7c52-5f0e-4f7b-9a3e-0d4be7f0c111"
  sku_name                      = "premium"
  rbac_authorization_enabled    = true
  purge_protection_enabled      = true
  soft_delete_retention_days    = 90
  public_network_access_enabled = false
  network_acls {
    bypass         = "AzureServices"
    default_action = "Deny"
  }
}

resource "azurerm_monitor_diagnostic_setting" "vault" {
  name                       = "vault"
  target_resource_id         = azurerm_key_vault.checkout.id
  log_analytics_workspace_id = "/subscriptions/3f0a/resourceGroups/records/providers/Microsoft.OperationalInsights/workspaces/records"
  enabled_log { category_group = "audit" }
}

resource "azurerm_key_vault_key" "data" {
  name         = "data"
  key_vault_id = azurerm_key_vault.checkout.id
  key_type     = "RSA-HSM"
  key_size     = 3072
  key_opts     = ["wrapKey", "unwrapKey"]
  rotation_policy {
    expire_after = "P180D"
    automatic {
      time_before_expiry = "P30D"
    }
  }
}

resource "azurerm_key_vault_secret" "acquirer" {
  name             = "acquirer"
  key_vault_id     = azurerm_key_vault.checkout.id
  value_wo         = var.acquirer_secret
  value_wo_version = 1
  expiration_date  = timeadd(plantimestamp(), "2160h")
}

variable "acquirer_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "azurerm_storage_account" "receipts" {
  name                              = "kettlewickreceipts"
  resource_group_name               = "checkout"
  location                          = "westeurope"
  account_tier                      = "Standard"
  account_replication_type          = "ZRS"
  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  allow_nested_items_to_be_public   = false
  shared_access_key_enabled         = false
  infrastructure_encryption_enabled = true
  identity {
    type         = "UserAssigned"
    identity_ids = ["/subscriptions/3f0a/resourceGroups/checkout/providers/Microsoft.ManagedIdentity/userAssignedIdentities/receipts"]
  }
  customer_managed_key {
    key_vault_key_id          = azurerm_key_vault_key.data.id
    user_assigned_identity_id = "/subscriptions/3f0a/resourceGroups/checkout/providers/Microsoft.ManagedIdentity/userAssignedIdentities/receipts"
  }
}

resource "azurerm_managed_disk" "orders" {
  name                   = "orders"
  resource_group_name    = "checkout"
  location               = "westeurope"
  storage_account_type   = "Premium_LRS"
  create_option          = "Empty"
  disk_size_gb           = 128
  network_access_policy  = "DenyAll"
  disk_encryption_set_id = "/subscriptions/3f0a/resourceGroups/checkout/providers/Microsoft.Compute/diskEncryptionSets/checkout"
}

resource "azapi_resource" "partner_vault" {
  type      = "Microsoft.KeyVault/vaults@2023-07-01"
  name      = "kettlewick-partners"
  parent_id = "/subscriptions/3f0a/resourceGroups/partners"
  location  = "westeurope"
  body = {
    properties = {
      tenantId                = "3f0a7c52-5f0e-4f7b-9a3e-0d4be7f0c111"
      sku                     = { family = "A", name = "premium" }
      enableRbacAuthorization = true
      enablePurgeProtection   = true
      publicNetworkAccess     = "Disabled"
    }
  }
}

resource "azurerm_network_security_group" "cards" {
  name                = "cards"
  location            = "westeurope"
  resource_group_name = "checkout"
  tags                = { pci-scope = "true" }

  security_rule {
    name                       = "to-acquirer"
    priority                   = 100
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "10.40.16.0/20"
    destination_port_range     = "443"
    destination_address_prefix = "198.51.100.16/28"
  }

  security_rule {
    name                       = "no-other-way-out"
    priority                   = 4000
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    source_address_prefix      = "*"
    destination_port_range     = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_firewall_network_rule_collection" "settlement" {
  name                = "settlement"
  azure_firewall_name = "checkout"
  resource_group_name = "checkout"
  priority            = 200
  action              = "Allow"
  rule {
    name                  = "settlement-files"
    source_addresses      = ["10.40.16.0/20"]
    destination_addresses = ["203.0.113.40"]
    destination_ports     = ["22"]
    protocols             = ["TCP"]
  }
}
