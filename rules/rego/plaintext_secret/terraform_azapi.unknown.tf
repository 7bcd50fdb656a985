variable "given" {}

resource "azapi_resource" "shop" {
  type = "Microsoft.Sql/servers@2023-01-01"
  body = {
    properties = {
      administratorLoginPassword = var.given
    }
  }
}
