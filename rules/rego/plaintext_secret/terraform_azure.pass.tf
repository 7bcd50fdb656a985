resource "azurerm_virtual_machine_extension" "vm_ext" {
  settings = <<S
{"commandToExecute": "/opt/join --vault kv1"}
S
}

variable "vm_ext_json_k" {}
resource "azurerm_virtual_machine_extension" "vm_ext_json" {
  protected_settings = jsonencode({ storageAccountName = "abc", storageAccountKey = var.vm_ext_json_k })
}

variable "vmss_ext_k" {}
resource "azurerm_virtual_machine_scale_set" "vmss_ext" {
  extension {
    name               = "e"
    protected_settings = jsonencode({ adminPassword = var.vmss_ext_k })
  }
}

variable "cassandra_p" {}
resource "azurerm_cosmosdb_cassandra_cluster" "cassandra" {
  default_admin_password = var.cassandra_p
}

variable "synapse_p" {}
resource "azurerm_synapse_workspace" "synapse" {
  sql_administrator_login_password = var.synapse_p
}

resource "azurerm_data_factory_linked_service_sql_server" "adf_linked" {
  connection_string = "Integrated Security=True;Data Source=sql1;Initial Catalog=shop"
}

resource "azurerm_data_factory_linked_service_azure_sql_database" "adf_linked_blob" {
  use_managed_identity = true
  connection_string    = "data source=serverhostname;initial catalog=shop;encrypt=True;connection timeout=30"
}

resource "azurerm_storage_account" "hdi_storagekey_s" {}
resource "azurerm_hdinsight_hadoop_cluster" "hdi_storagekey" {
  storage_account {
    storage_account_key = azurerm_storage_account.hdi_storagekey_s.primary_access_key
    is_default          = true
  }
}

resource "random_password" "kv_secret_p" {
  length = 20
}
resource "azurerm_key_vault_secret" "kv_secret" {
  value = random_password.p.result
}

resource "azurerm_linux_web_app" "app_settings" {
  app_settings = {
    DB_PASSWORD = "@Microsoft.KeyVault(SecretUri=https://kv1.vault.azure.net/secrets/db/)"
    PORT        = "80"
    TOKEN_URL   = "https://login"
  }
}

variable "func_settings_k" {}
resource "azurerm_function_app" "func_settings" {
  app_settings = { "Gateway__ApiKey" = var.func_settings_k }
}

resource "azurerm_app_service" "app_conn" {
  connection_string {
    name  = "db"
    type  = "SQLAzure"
    value = "Server=some;Integrated Security=SSPI"
  }
}

resource "azurerm_windows_web_app" "app_setting_conn" {
  app_settings = { "ConnectionStrings__Db" = "Server=some;Database=shop;Authentication=Active Directory Managed Identity" }
}

resource "azurerm_storage_account" "func_storagekey_s" {}
resource "azurerm_linux_function_app" "func_storagekey" {
  storage_account_access_key = azurerm_storage_account.func_storagekey_s.primary_access_key
}

resource "azurerm_static_web_app" "static_app" {
  app_settings = { API_URL = "https://a.example.net" }
}

resource "azurerm_api_management_named_value" "apim_named" {
  display_name = "gatewayHost"
  value        = "pay.example.com"
}

variable "aci_env_p" {}
resource "azurerm_container_group" "aci_env" {
  container {
    name                         = "a"
    secure_environment_variables = { DB_PASSWORD = var.aci_env_p }
  }
}

resource "azurerm_container_group" "aci_secure_env" {
  container {
    name                  = "a"
    environment_variables = { DB_PASSWORD_FILE = "/run/secrets/db" }
  }
}

resource "azurerm_storage_account" "aci_volume_s" {}
resource "azurerm_container_group" "aci_volume" {
  container {
    name = "a"
    volume {
      name                = "v"
      storage_account_key = azurerm_storage_account.aci_volume_s.primary_access_key
    }
  }
}

resource "azurerm_container_app" "aca_secret" {
  secret {
    name                = "db"
    key_vault_secret_id = "https://kv1.vault.azure.net/secrets/db"
    identity            = "System"
  }
}

resource "azurerm_container_app" "aca_env" {
  template {
    container {
      name = "a"
      env {
        name        = "DB_PASSWORD"
        secret_name = "db"
      }
      env {
        name  = "MODE"
        value = "production"
      }
    }
  }
}

variable "radius_k" {}
resource "azurerm_virtual_network_gateway" "radius" {
  vpn_client_configuration {
    radius_server_address = "10.0.0.4"
    radius_server_secret  = var.radius_k
  }
}

resource "azurerm_automation_variable_string" "automation_var" {
  name      = "region"
  value     = "westeurope"
  encrypted = true
}

resource "azurerm_app_configuration_key" "appconfig" {
  key                 = "payments:api_key"
  type                = "vault"
  vault_key_reference = "https://kv1.vault.azure.net/secrets/x"
}

resource "azuread_application_password" "azuread" {
  end_date_relative = "720h"
}

variable "template_params_p" {}
resource "azurerm_resource_group_template_deployment" "template_params" {
  parameters_content = jsonencode({ adminPassword = { value = var.template_params_p } })
}

variable "template_params_old_p" {}
resource "azurerm_template_deployment" "template_params_old" {
  parameters = { adminPassword = var.template_params_old_p }
}

variable "databricks_spark_p" {}
resource "azurerm_stream_analytics_output_eventhub" "databricks_spark" {
  shared_access_policy_key = var.databricks_spark_p
}

variable "sqlvm_p" {}
resource "azurerm_mssql_virtual_machine" "sqlvm" {
  sql_connectivity_update_password = var.sqlvm_p
}

resource "azurerm_storage_account" "iothub_endpoint_s" {}
resource "azurerm_iothub" "iothub_endpoint" {
  endpoint {
    type              = "AzureIotHub.StorageContainer"
    connection_string = azurerm_storage_account.iothub_endpoint_s.primary_blob_connection_string
  }
}

# What is no secret though it lies in a vault.
resource "azurerm_key_vault_secret" "login" {
  name  = "sql-admin-username"
  value = "sqladministrator"
}

resource "azurerm_app_service" "placeholder" {
  app_settings = {
    API_KEY                          = "<set in the portal>"
    DB_PASSWORD_SECRET_NAME          = "orders-db"
    TOKEN_LIFETIME                   = "3600"
    AzureWebJobsStorage__accountName = "orders"
    APPINSIGHTS_INSTRUMENTATIONKEY   = "00000000-0000-0000-0000-000000000000"
  }
}

resource "azurerm_key_vault_secret" "from" {
  name  = "mail-from"
  value = "noreply@acme.example"
}

resource "azurerm_key_vault_secret" "schema" {
  name  = "schema-version"
  value = "v2024.11-rc1"
}

resource "azurerm_container_app" "points_to_vault" {
  secret {
    name  = "x"
    value = "@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/x)"
  }
}
