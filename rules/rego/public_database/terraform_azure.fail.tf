resource "azurerm_mssql_server" "orders" {
  public_network_access_enabled = true # expect
}

resource "azurerm_postgresql_server" "orders" { # expect
  name = "orders"
}

resource "azurerm_postgresql_flexible_server" "orders" { # expect
  name = "orders"
}

resource "azurerm_mysql_flexible_server" "orders" {
  public_network_access = "Enabled" # expect
}

resource "azurerm_cosmosdb_account" "orders" { # expect
  name = "orders"
}

resource "azurerm_cosmosdb_account" "azure" {
  public_network_access_enabled = true # expect
  ip_range_filter               = "198.51.100.7,0.0.0.0" # expect
}

resource "azurerm_redis_cache" "sessions" {
  public_network_access_enabled = "true" # expect
}

resource "azurerm_mongo_cluster" "orders" {
  public_network_access = "Enabled" # expect
}

resource "azurerm_search_service" "orders" { # expect
  allowed_ips = []
}

resource "azurerm_mssql_managed_instance" "orders" {
  public_data_endpoint_enabled = true # expect
}

resource "azurerm_mssql_firewall_rule" "all" {
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255" # expect
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "nearly_all" {
  start_ip_address = "1.0.0.0"
  end_ip_address   = "223.255.255.255" # expect
}

resource "azurerm_sql_firewall_rule" "azure" {
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0" # expect
}

resource "azurerm_redis_firewall_rule" "all" {
  start_ip = "0.0.0.0"
  end_ip   = "255.255.255.255" # expect
}

resource "azurerm_mssql_virtual_machine" "orders" {
  sql_connectivity_type = "PUBLIC" # expect
}

resource "azurerm_analysis_services_server" "reports" {
  ipv4_firewall_rule {
    name        = "all"
    range_start = "0.0.0.0"
    range_end   = "255.255.255.255" # expect
  }
}

resource "azurerm_postgresql_firewall_rule" "fw_wide" {
  start_ip_address = "40.0.0.0"
  end_ip_address   = "90.255.255.255" # expect
}
