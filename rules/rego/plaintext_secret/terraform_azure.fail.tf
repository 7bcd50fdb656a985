resource "azurerm_virtual_machine_extension" "vm_ext" {
  settings = jsonencode({ commandToExecute = "/opt/join --password=Kartoffel-77-Salat" }) # expect
}

resource "azurerm_virtual_machine_extension" "vm_ext_json" {
  protected_settings = jsonencode({ storageAccountName = "abc", storageAccountKey = "Kartoffel77Salat88Gurke99" }) # expect
}

resource "azurerm_virtual_machine_scale_set" "vmss_ext" {
  extension {
    name               = "e"
    protected_settings = jsonencode({ adminPassword = "Kartoffel-77-Salat" }) # expect
  }
}

resource "azurerm_cosmosdb_cassandra_cluster" "cassandra" {
  default_admin_password = "Kartoffel-77-Salat" # expect
}

resource "azurerm_synapse_workspace" "synapse" {
  sql_administrator_login_password = "Kartoffel-77-Salat" # expect
}

resource "azurerm_data_factory_linked_service_sql_server" "adf_linked" {
  connection_string = "Data Source=sql1;Initial Catalog=shop;User ID=app;Password=Kartoffel77Salat" # expect
}

resource "azurerm_data_factory_linked_service_azure_sql_database" "adf_linked_blob" {
  use_managed_identity = true
  connection_string    = "Server=sql1;Database=shop;Pwd=Kartoffel77Salat" # expect
}

resource "azurerm_hdinsight_hadoop_cluster" "hdi_storagekey" {
  storage_account {
    storage_account_key = "Kartoffel77Salat88Gurke99" # expect
    is_default          = true
  }
}

resource "azurerm_key_vault_secret" "kv_secret" {
  value = "Kartoffel-77-Salat" # expect
}

resource "azurerm_linux_web_app" "app_settings" {
  app_settings = {
    DB_PASSWORD = "Kartoffel-77-Salat" # expect
    PORT        = "80"
  }
}

resource "azurerm_function_app" "func_settings" {
  app_settings = { "Gateway__ApiKey" = "Kartoffel77Salat88" } # expect
}

resource "azurerm_app_service" "app_conn" {
  connection_string {
    name  = "db"
    type  = "SQLAzure"
    value = "Server=some;Database=shop;User ID=app;Password=Kartoffel77Salat;" # expect
  }
}

resource "azurerm_windows_web_app" "app_setting_conn" {
  app_settings = { "ConnectionStrings__Db" = "Server=some;Database=shop;User ID=app;Password=Kartoffel77Salat;" } # expect
}

resource "azurerm_linux_function_app" "func_storagekey" {
  storage_account_access_key = "Kartoffel77Salat88Gurke99" # expect
}

resource "azurerm_static_web_app" "static_app" {
  app_settings = { API_KEY = "Kartoffel77Salat88" } # expect
}

resource "azurerm_api_management_named_value" "apim_named" {
  display_name = "gatewayToken"
  secret       = true
  value        = "Kartoffel77Salat88" # expect
}

resource "azurerm_container_group" "aci_env" {
  container {
    name                  = "a"
    environment_variables = { DB_PASSWORD = "Kartoffel-77-Salat" } # expect
  }
}

resource "azurerm_container_group" "aci_secure_env" {
  container {
    name                         = "a"
    secure_environment_variables = { DB_PASSWORD = "Kartoffel-77-Salat" } # expect
  }
}

resource "azurerm_container_group" "aci_volume" {
  container {
    name = "a"
    volume {
      name                = "v"
      storage_account_key = "Kartoffel77Salat88Gurke99" # expect
    }
  }
}

resource "azurerm_container_app" "aca_secret" {
  secret {
    name  = "db"
    value = "Kartoffel-77-Salat" # expect
  }
}

resource "azurerm_container_app" "aca_env" {
  template {
    container {
      name = "a"
      env {
        name  = "DB_PASSWORD" # expect
        value = "Kartoffel-77-Salat"
      }
    }
  }
}

resource "azurerm_virtual_network_gateway" "radius" {
  vpn_client_configuration {
    radius_server_address = "10.0.0.4"
    radius_server_secret  = "Kartoffel77Salat88" # expect
  }
}

resource "azurerm_automation_variable_string" "automation_var" {
  name      = "db_password"
  value     = "Kartoffel-77-Salat" # expect
  encrypted = true
}

resource "azurerm_app_configuration_key" "appconfig" {
  key   = "payments:api_key"
  value = "Kartoffel77Salat88" # expect
}

resource "azuread_application_password" "azuread" {
  value = "Kartoffel77Salat88" # expect
}

resource "azurerm_resource_group_template_deployment" "template_params" {
  parameters_content = jsonencode({ adminPassword = { value = "Kartoffel-77-Salat" } }) # expect
}

resource "azurerm_template_deployment" "template_params_old" {
  parameters = { adminPassword = "Kartoffel-77-Salat" } # expect
}

resource "azurerm_stream_analytics_output_eventhub" "databricks_spark" {
  shared_access_policy_key = "Kartoffel77Salat88" # expect
}

resource "azurerm_mssql_virtual_machine" "sqlvm" {
  sql_connectivity_update_password = "Kartoffel-77-Salat" # expect
}

resource "azurerm_iothub" "iothub_endpoint" {
  endpoint {
    type              = "AzureIotHub.StorageContainer"
    connection_string = "DefaultEndpointsProtocol=https;AccountName=abc;AccountKey=Kartoffel77Salat88Gurke99" # expect
  }
}

# Known in part, and the secret is in that part.
variable "host" {}

resource "azurerm_linux_web_app" "partly" {
  app_settings = { # expect
    "Db" = "Server=${var.host};User ID=app;Password=Kartoffel77Salat;"
  }
}
