resource "azurerm_virtual_machine" "till" {
  os_profile {
    admin_username = "operator"
    admin_password = "kettle-and-cups-7" # expect
  }
}

resource "azurerm_linux_web_app" "shop" {
  auth_settings {
    active_directory {
      client_id     = "shop"
      client_secret = "kettle-and-cups-8" # expect
    }
  }
}

resource "azurerm_container_group" "jobs" {
  image_registry_credential {
    server   = "registry.internal"
    password = "kettle-and-cups-9" # expect
  }
  image_registry_credential {
    server   = "other.internal"
    password = var.other
  }
}

variable "other" { sensitive = true }

variable "admin" { default = "kettle-and-cups-10" }

resource "azurerm_hdinsight_hadoop_cluster" "reports" {
  roles {
    head_node {
      username = "operator"
      password = var.admin # expect
    }
  }
}
