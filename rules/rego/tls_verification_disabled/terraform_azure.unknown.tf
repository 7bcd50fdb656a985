variable "check" {}

resource "azurerm_cdn_frontdoor_origin" "shop" {
  certificate_name_check_enabled = var.check
}
