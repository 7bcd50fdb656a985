resource "azurerm_data_factory_linked_service_sftp" "adf_sftp" {
  skip_host_key_validation = true # expect
}

resource "azurerm_api_management_backend" "apim_backend" {
  url = "https://pay.example.com"
  tls {
    validate_certificate_chain = false # expect
    validate_certificate_name  = true
  }
}

resource "azurerm_cdn_frontdoor_origin" "fd_origin" {
  certificate_name_check_enabled = false # expect
}

resource "azurerm_frontdoor" "fd_old" {
  backend_pool_settings { enforce_backend_pools_certificate_name_check = false } # expect
}

resource "azurerm_frontdoor" "fd_old_top" {
  enforce_backend_pools_certificate_name_check = false # expect
}
