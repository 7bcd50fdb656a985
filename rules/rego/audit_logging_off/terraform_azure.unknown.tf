variable "server" { type = string }

resource "azurerm_mssql_server" "orders" {
  name = "orders"
}

resource "azurerm_mssql_server_extended_auditing_policy" "some" {
  server_id = var.server
}

variable "logs" { type = list(number) }

resource "azurerm_linux_web_app" "shop" {
  dynamic "logs" {
    for_each = var.logs
    content {
      http_logs {
        file_system {
          retention_in_days = logs.value
          retention_in_mb   = 35
        }
      }
    }
  }
}
