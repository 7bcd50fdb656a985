resource "azurerm_mssql_server" "orders" {
  public_network_access_enabled = false
}

resource "azurerm_postgresql_flexible_server" "orders" {
  delegated_subnet_id = "/subnet"
}

resource "azurerm_mysql_flexible_server" "orders" {
  public_network_access = "Disabled"
}

resource "azurerm_cosmosdb_account" "named" {
  ip_range_filter = ["198.51.100.7", "198.51.100.16/28"]
}

resource "azurerm_cosmosdb_account" "subnets" {
  is_virtual_network_filter_enabled = true
  virtual_network_rule {
    id = "/subnet"
  }
}

resource "azurerm_redis_cache" "sessions" {
  sku_name  = "Premium"
  subnet_id = "/subnet"
}

resource "azurerm_mongo_cluster" "orders" {
  public_network_access = "Disabled"
}

resource "azurerm_search_service" "orders" {
  allowed_ips = ["198.51.100.7"]
}

resource "azurerm_mssql_managed_instance" "orders" {
  name = "orders"
}

resource "azurerm_mssql_firewall_rule" "office" {
  start_ip_address = "198.51.100.1"
  end_ip_address   = "198.51.100.9"
}

# Firewall rules of what is no database.
resource "azurerm_eventhub_namespace" "events" {
  public_network_access_enabled = true
}

resource "azurerm_mssql_virtual_machine" "orders" {
  sql_license_type = "PAYG"
}

resource "azurerm_postgresql_firewall_rule" "fw_wide" {
  start_ip_address = "203.0.113.0"
  end_ip_address   = "203.0.113.255"
}
