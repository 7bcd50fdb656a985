resource "azurerm_hdinsight_kafka_cluster" "hdi_transit" {
  encryption_in_transit_enabled = false # expect
}

resource "azurerm_api_management_backend" "apim_backend_http" {
  url = "http://pay.example.com/api" # expect
}

resource "azurerm_api_management_api" "apim_api_http" {
  protocols   = ["https"]
  service_url = "http://pay.example.com/api" # expect
}

resource "azurerm_frontdoor_custom_https_configuration" "fd_custom_https_off" {
  custom_https_provisioning_enabled = false # expect
}

resource "azurerm_virtual_network_gateway_connection" "vpn_none" {
  ipsec_policy {
    dh_group         = "DHGroup14"
    ike_encryption   = "AES256"
    ike_integrity    = "SHA256"
    ipsec_encryption = "None" # expect
    ipsec_integrity  = "SHA256"
    pfs_group        = "PFS14"
  }
}

resource "azurerm_monitor_action_group" "action_group" {
  webhook_receiver {
    name        = "w"
    service_uri = "http://hooks.example.com/x" # expect
  }
}

resource "azurerm_logic_app_action_http" "logic_http" {
  uri = "http://api.example.com/x" # expect
}

resource "azurerm_container_registry_webhook" "acr_webhook" {
  service_uri = "http://hooks.example.com/x" # expect
}
