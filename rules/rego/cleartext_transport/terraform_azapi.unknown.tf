variable "given" {}

resource "azapi_resource" "shop" {
  type = "Microsoft.Storage/storageAccounts@2023-01-01"
  body = {
    properties = {
      supportsHttpsTrafficOnly = var.given
    }
  }
}
