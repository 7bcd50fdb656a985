variable "password" { sensitive = true }

resource "azurerm_virtual_machine" "keyed" {
  os_profile {
    admin_username = "operator"
    admin_password = ""
  }
  os_profile_linux_config {
    disable_password_authentication = true
  }
}

resource "azurerm_linux_web_app" "shop" {
  auth_settings {
    active_directory {
      client_secret              = "changeme"
      client_secret_setting_name = "SHOP_CLIENT_SECRET"
    }
  }
}

# A form, and a mapping whose keys are anybody's.
resource "google_identity_platform_config" "names" {
  labels = { password = "label-of-a-field" }
  field {
    names = { password = "label-of-a-field" }
  }
}

data "azurerm_virtual_machine" "found" {
  os_profile {
    admin_password = "kettle-and-cups-7"
  }
}
