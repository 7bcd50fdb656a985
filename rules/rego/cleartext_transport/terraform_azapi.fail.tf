resource "azapi_resource" "azapi_sa" {
  type = "Microsoft.Storage/storageAccounts@2023-01-01"
  body = { properties = { supportsHttpsTrafficOnly = false } } # expect
}

resource "azapi_resource" "azapi_web" {
  type = "Microsoft.Web/sites@2022-09-01"
  body = jsonencode({ properties = { httpsOnly = false } }) # expect
}

resource "azapi_resource" "azapi_redis" {
  type = "Microsoft.Cache/redis@2023-08-01"
  body = jsonencode({ properties = { enableNonSslPort = true } }) # expect
}
