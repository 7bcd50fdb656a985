resource "azurerm_redis_cache" "sessions" {
  minimum_tls_version = "1.2"
}

resource "azurerm_storage_account" "files" {
  min_tls_version = "TLS1_2"
}

resource "azurerm_mssql_server" "orders" {
  name = "orders"
}

resource "azurerm_cosmosdb_account" "orders" {
  minimal_tls_version = "Tls12"
}

resource "azurerm_windows_web_app" "shop" {
  site_config {
    minimum_tls_version = "1.3"
  }
}

# No versions, though the value looks like one.
resource "azurerm_mysql_flexible_server_configuration" "other" {
  name  = "innodb_change_buffer_max_size"
  value = "1.0"
}

resource "azurerm_application_gateway" "edge" {
  ssl_policy {
    policy_type = "Predefined"
    policy_name = "AppGwSslPolicy20220101"
  }
}

resource "azurerm_application_gateway" "old" {
  ssl_policy {
    disabled_protocols = ["TLSv1_0", "TLSv1_1"]
  }
}

resource "azurerm_api_management" "api" {
  security {
    enable_backend_ssl30   = false
    frontend_tls10_enabled = false
  }
}

resource "azurerm_api_management_gateway_host_name_configuration" "apim_gw" {
  tls10_enabled = false
}

resource "azurerm_eventgrid_topic" "eventgrid" {
  minimum_tls_version = "1.2"
}

resource "azurerm_app_service_environment_v3" "batch_none_ase" {
  cluster_setting {
    name  = "DisableTls1.0"
    value = "1"
  }
}
