resource "azurerm_redis_cache" "sessions" {
  non_ssl_port_enabled = false
}

resource "azurerm_storage_account" "files" {
  name = "files"
}

resource "azurerm_postgresql_server" "orders" {
  ssl_enforcement_enabled = true
}

resource "azurerm_mysql_flexible_server_configuration" "other" {
  name  = "local_infile"
  value = "OFF"
}

resource "azurerm_linux_web_app" "shop" {
  https_only = true
  site_config {
    ftps_state = "FtpsOnly"
  }
}

# Nobody outside reaches these.
resource "azurerm_spring_cloud_app" "jobs" {
  is_public = false
}

resource "azurerm_container_app" "jobs" {
  ingress {
    external_enabled           = false
    allow_insecure_connections = true
    target_port                = 8080
  }
}

resource "azurerm_application_gateway" "edge" {
  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = "/ip"
  }
  frontend_ip_configuration {
    name      = "private"
    subnet_id = "/subnet"
  }
  http_listener {
    name                           = "redirected"
    frontend_ip_configuration_name = "public"
    protocol                       = "Http"
  }
  http_listener {
    name                           = "web"
    frontend_ip_configuration_name = "public"
    protocol                       = "Https"
  }
  http_listener {
    name                           = "inside"
    frontend_ip_configuration_name = "private"
    protocol                       = "Http"
  }
  redirect_configuration {
    name                 = "to-https"
    redirect_type        = "Permanent"
    target_listener_name = "web"
  }
  request_routing_rule {
    name                        = "redirect"
    rule_type                   = "Basic"
    http_listener_name          = "redirected"
    redirect_configuration_name = "to-https"
  }
}

resource "azurerm_frontdoor" "old" {
  routing_rule {
    accepted_protocols = ["Https"]
    forwarding_configuration {
      forwarding_protocol = "HttpsOnly"
    }
  }
  routing_rule {
    accepted_protocols = ["Http"]
    redirect_configuration {
      redirect_protocol = "HttpsOnly"
      redirect_type     = "Moved"
    }
  }
}

resource "azurerm_cdn_frontdoor_route" "shop" {
  supported_protocols = ["Http", "Https"]
}

resource "azurerm_cdn_endpoint" "images" {
  delivery_rule {
    name  = "https"
    order = 1
    url_redirect_action {
      redirect_type = "Found"
      protocol      = "Https"
    }
  }
}

resource "azurerm_api_management_api" "orders" {
  protocols = ["https"]
}

variable "name" { type = string }

resource "azurerm_application_gateway" "named_at_apply" {
  http_listener {
    name     = "${var.name}-http"
    protocol = "Http"
  }
  http_listener {
    name     = "${var.name}-https"
    protocol = "Https"
  }
  redirect_configuration {
    name                 = "${var.name}-redirect"
    target_listener_name = "${var.name}-https"
  }
  request_routing_rule {
    http_listener_name          = "${var.name}-http"
    redirect_configuration_name = "${var.name}-redirect"
  }
}

resource "azurerm_windows_virtual_machine" "jump" {
  winrm_listener {
    protocol        = "Https"
    certificate_url = "https://vault.example.net/secrets/jump"
  }
}

data "azurerm_storage_account_sas" "exports" {
  start = "2030-01-01"
}
