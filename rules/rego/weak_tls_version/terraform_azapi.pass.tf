resource "azapi_resource" "azapi_sa" {
  type = "Microsoft.Storage/storageAccounts@2023-01-01"
  body = jsonencode({ properties = { minimumTlsVersion = "TLS1_2" } })
}

resource "azapi_update_resource" "azapi_sql" {
  type = "Microsoft.Sql/servers@2021-11-01"
  body = jsonencode({ properties = { minimalTlsVersion = "1.2" } })
}
