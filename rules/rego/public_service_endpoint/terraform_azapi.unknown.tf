variable "given" {}

resource "azapi_resource" "shop" {
  type = "Microsoft.KeyVault/vaults@2023-01-01"
  body = {
    properties = {
      publicNetworkAccess = var.given
    }
  }
}
