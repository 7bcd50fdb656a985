resource "azapi_resource" "azapi_pw" {
  type = "Microsoft.Sql/servers@2021-11-01"
  body = { properties = { administratorLoginPassword = "Kartoffel-77-Salat" } } # expect
}
