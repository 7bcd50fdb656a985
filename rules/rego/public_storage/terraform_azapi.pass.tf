resource "azapi_resource" "azapi_sa" {
  type = "Microsoft.Storage/storageAccounts@2023-01-01"
  body = { properties = { allowBlobPublicAccess = false } }
}

resource "azapi_resource" "azapi_container" {
  type = "Microsoft.Storage/storageAccounts/blobServices/containers@2023-01-01"
  body = { properties = { publicAccess = "None" } }
}
