resource "azurerm_data_factory_linked_service_sftp" "adf_sftp" {
  skip_host_key_validation = false
  host_key_fingerprint     = "84:5f"
}

resource "azurerm_api_management_backend" "apim_backend" {
  url = "https://pay.example.com"
  tls {
    validate_certificate_chain = true
    validate_certificate_name  = true
  }
}

resource "azurerm_cdn_frontdoor_origin" "fd_origin" {
  certificate_name_check_enabled = true
}

resource "azurerm_frontdoor" "fd_old" {
  backend_pool_settings { enforce_backend_pools_certificate_name_check = true }
}

resource "azurerm_frontdoor" "fd_old_top" {
  enforce_backend_pools_certificate_name_check = true
}
