resource "azapi_resource" "azapi_sql" {
  type = "Microsoft.Sql/servers@2021-11-01"
  body = jsonencode({ properties = { publicNetworkAccess = "Disabled" } })
}

resource "azapi_resource" "azapi_sqlfw" {
  type = "Microsoft.Sql/servers/firewallRules@2021-11-01"
  body = jsonencode({ properties = { startIpAddress = "203.0.113.1", endIpAddress = "203.0.113.1" } })
}
