variable "version" { type = string }

resource "azurerm_storage_account" "files" {
  min_tls_version = var.version
}

variable "switch" {}

resource "azurerm_app_service_environment_v3" "shop" {
  cluster_setting {
    name  = "DisableTls1.0"
    value = var.switch
  }
}
