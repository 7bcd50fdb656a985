variable "azapi_pw_p" {}
resource "azapi_resource" "azapi_pw" {
  type = "Microsoft.Sql/servers@2021-11-01"
  body = { properties = { administratorLoginPassword = var.azapi_pw_p } }
}

# Logins of the directory only.
resource "azapi_resource" "directory_only" {
  type = "Microsoft.Sql/servers@2021-11-01"
  body = {
    properties = {
      administratorLoginPassword = ""
    }
  }
}
