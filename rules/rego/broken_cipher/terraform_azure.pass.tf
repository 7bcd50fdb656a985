resource "azurerm_virtual_network_gateway_connection" "vpn" {
  ipsec_policy {
    dh_group         = "DHGroup14"
    ike_encryption   = "AES256"
    ike_integrity    = "SHA256"
    ipsec_encryption = "GCMAES256"
    ipsec_integrity  = "GCMAES256"
    pfs_group        = "PFS14"
  }
}

resource "azurerm_vpn_gateway_connection" "vwan" {
  vpn_link {
    name = "l"
    ipsec_policy {
      dh_group                 = "DHGroup14"
      ike_encryption_algorithm = "AES256"
      encryption_algorithm     = "AES256"
    }
  }
}
