resource "azurerm_virtual_network_gateway_connection" "vpn_dh" {
  ipsec_policy {
    dh_group       = "DHGroup24"
    ike_encryption = "AES256"
  }
}
