resource "azapi_resource" "azapi_sql" {
  type = "Microsoft.Sql/servers@2021-11-01"
  body = jsonencode({ properties = { publicNetworkAccess = "Enabled" } }) # expect
}

resource "azapi_resource" "azapi_sqlfw" {
  type = "Microsoft.Sql/servers/firewallRules@2021-11-01"
  body = jsonencode({ properties = { startIpAddress = "0.0.0.0", endIpAddress = "255.255.255.255" } }) # expect
}
