resource "azurerm_redis_cache" "sessions" {
  minimum_tls_version = "1.0" # expect
}

resource "azurerm_redis_cache" "default" { # expect
  name = "default"
}

resource "azurerm_storage_account" "files" {
  min_tls_version = "TLS1_1" # expect
}

resource "azurerm_mssql_server" "orders" {
  minimum_tls_version = "Disabled" # expect
}

resource "azurerm_mysql_server" "orders" {
  ssl_minimal_tls_version_enforced = "TLSEnforcementDisabled" # expect
}

resource "azurerm_cosmosdb_account" "orders" {
  minimal_tls_version = "Tls" # expect
}

resource "azurerm_cosmosdb_account" "baskets" {
  minimal_tls_version = "Tls11" # expect
}

resource "azurerm_servicebus_namespace" "events" {
  minimum_tls_version = 1.1 # expect
}

resource "azurerm_linux_web_app" "shop" {
  site_config {
    minimum_tls_version     = "1.2"
    scm_minimum_tls_version = "1.0" # expect
  }
}

resource "azurerm_app_service" "shop" {
  site_config {
    min_tls_version = "1.1" # expect
  }
}

resource "azurerm_mysql_flexible_server_configuration" "versions" {
  name  = "tls_version"
  value = "TLSv1.1,TLSv1.2" # expect
}

resource "azurerm_application_gateway" "edge" {
  ssl_policy {
    policy_type = "Predefined"
    policy_name = "AppGwSslPolicy20150501" # expect
  }

  ssl_profile {
    name = "partners"
    ssl_policy {
      policy_type          = "Custom"
      min_protocol_version = "TLSv1_1" # expect
    }
  }
}

resource "azurerm_application_gateway" "old" {
  ssl_policy {
    disabled_protocols = ["TLSv1_0"] # expect
  }
}

resource "azurerm_cdn_frontdoor_custom_domain" "shop" {
  tls {
    certificate_type    = "ManagedCertificate"
    minimum_tls_version = "TLS10" # expect
  }
}

resource "azurerm_cdn_endpoint_custom_domain" "shop" {
  cdn_managed_https {
    certificate_type = "Dedicated"
    protocol_type    = "ServerNameIndication"
    tls_version      = "None" # expect
  }
}

resource "azurerm_api_management" "api" {
  security {
    enable_backend_ssl30   = true # expect
    frontend_tls10_enabled = true # expect
    backend_tls11_enabled  = false
  }
}

resource "azurerm_api_management_gateway_host_name_configuration" "apim_gw" {
  tls10_enabled = true # expect
}

resource "azurerm_eventgrid_topic" "eventgrid" {
  minimum_tls_version = "1.0" # expect
}

resource "azurerm_app_service_environment_v3" "batch_none_ase" {
  cluster_setting {
    name  = "DisableTls1.0"
    value = "0" # expect
  }
}
