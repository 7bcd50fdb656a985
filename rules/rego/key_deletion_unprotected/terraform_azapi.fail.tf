resource "azapi_resource" "azapi_kv" {
  type = "Microsoft.KeyVault/vaults@2022-07-01"
  body = { properties = { enableSoftDelete = true } } # expect
}
