resource "azurerm_hdinsight_kafka_cluster" "hdi_transit" {
  encryption_in_transit_enabled = true
}

resource "azurerm_api_management_backend" "apim_backend_http" {
  url = "http://10.1.2.3/api"
}

resource "azurerm_api_management_api" "apim_api_http" {
  protocols   = ["https"]
  service_url = "https://pay.example.com/api"
}

resource "azurerm_frontdoor_custom_https_configuration" "fd_custom_https_off" {
  custom_https_provisioning_enabled = true
  custom_https_configuration { certificate_source = "FrontDoor" }
}

resource "azurerm_virtual_network_gateway_connection" "vpn_none" {
  ipsec_policy {
    ipsec_encryption = "AES256"
  }
}

resource "azurerm_monitor_action_group" "action_group" {
  webhook_receiver {
    name        = "w"
    service_uri = "https://hooks.example.com/x"
  }
}

resource "azurerm_logic_app_action_http" "logic_http" {
  uri = "https://api.example.com/x"
}

resource "azurerm_container_registry_webhook" "acr_webhook" {
  service_uri = "https://hooks.example.com/x"
}
