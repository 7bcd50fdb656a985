resource "azurerm_virtual_network_gateway_connection" "vpn" {
  ipsec_policy {
    dh_group         = "DHGroup14"
    ike_encryption   = "DES3" # expect
    ike_integrity    = "SHA256"
    ipsec_encryption = "AES256"
    ipsec_integrity  = "SHA256"
    pfs_group        = "PFS14"
  }
}

resource "azurerm_vpn_gateway_connection" "vwan" {
  vpn_link {
    name = "l"
    ipsec_policy {
      dh_group                 = "DHGroup14"
      ike_encryption_algorithm = "AES256"
      ike_integrity_algorithm  = "SHA256"
      encryption_algorithm     = "DES" # expect
      integrity_algorithm      = "SHA256"
      pfs_group                = "PFS14"
      sa_data_size_kb          = 1
      sa_lifetime_sec          = 3600
    }
  }
}
