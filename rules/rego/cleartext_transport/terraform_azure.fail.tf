resource "azurerm_redis_cache" "sessions" {
  non_ssl_port_enabled = true # expect
}

resource "azurerm_storage_account" "files" {
  https_traffic_only_enabled = false # expect
}

resource "azurerm_storage_account" "old" {
  enable_https_traffic_only = "false" # expect
}

resource "azurerm_postgresql_server" "orders" {
  ssl_enforcement_enabled = false # expect
}

resource "azurerm_mysql_server" "old" {
  ssl_enforcement = "Disabled" # expect
}

resource "azurerm_mysql_flexible_server_configuration" "tls" {
  name  = "require_secure_transport"
  value = "OFF" # expect
}

resource "azurerm_app_service" "shop" { # expect
  name = "shop"
  site_config {
    ftps_state = "AllAllowed" # expect
  }
}

resource "azurerm_windows_function_app" "jobs" {
  https_only = false # expect
}

resource "azurerm_linux_web_app_slot" "staging" { # expect
  name = "staging"
}

resource "azurerm_container_app" "shop" {
  ingress {
    external_enabled           = true
    allow_insecure_connections = true # expect
    target_port                = 8080
  }
}

resource "azurerm_redis_enterprise_database" "sessions" {
  client_protocol = "Plaintext" # expect
}

resource "azurerm_application_gateway" "edge" {
  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = "/ip"
  }
  http_listener {
    name                           = "web"
    frontend_ip_configuration_name = "public"
    protocol                       = "Http" # expect
  }
  request_routing_rule {
    name                      = "web"
    rule_type                 = "Basic"
    http_listener_name        = "web"
    backend_address_pool_name = "shop"
  }
}

resource "azurerm_frontdoor" "old" {
  routing_rule {
    accepted_protocols = ["Http", "Https"] # expect
    forwarding_configuration {
      forwarding_protocol = "HttpOnly" # expect
    }
  }
}

resource "azurerm_cdn_frontdoor_route" "shop" {
  supported_protocols    = ["Http", "Https"]
  https_redirect_enabled = false # expect
  forwarding_protocol    = "HttpOnly" # expect
}

resource "azurerm_cdn_endpoint" "images" { # expect
  name = "images"
}

resource "azurerm_api_management_api" "orders" {
  protocols = ["https", "http"] # expect
}

resource "azurerm_service_fabric_cluster" "jobs" {
  fabric_settings {
    name = "Security"
    parameters = {
      ClusterProtectionLevel = "Sign" # expect
    }
  }
}

resource "azurerm_spring_cloud_app" "shop" { # expect
  is_public = true
}

resource "azurerm_windows_virtual_machine" "jump" {
  winrm_listener {
    protocol = "Http" # expect
  }
}

resource "azurerm_virtual_machine" "old" {
  os_profile_windows_config {
    winrm {
      protocol = "HTTP" # expect
    }
  }
}

data "azurerm_storage_account_sas" "exports" {
  https_only = false # expect
}
