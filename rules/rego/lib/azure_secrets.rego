# Where Azure's resources keep values that may be secrets: `import data.paylint.azure_secrets`. Shapes are those of
# lib/blocks.rego.
#
# METADATA
# title: Places of secrets in Azure's resources
package paylint.azure_secrets

_settings := [["app_settings"]]

_deployment := [["parameters"]]

_extension := [["settings"], ["protected_settings"]]

_extensions := [["extension", "*", "settings"], ["extension", "*", "protected_settings"]]

# Mappings of names to values.
maps := {
	"azurerm_app_service": _settings,
	"azurerm_app_service_slot": _settings,
	"azurerm_function_app": _settings,
	"azurerm_function_app_flex_consumption": _settings,
	"azurerm_function_app_slot": _settings,
	"azurerm_linux_function_app": _settings,
	"azurerm_linux_function_app_slot": _settings,
	"azurerm_linux_web_app": _settings,
	"azurerm_linux_web_app_slot": _settings,
	"azurerm_logic_app_standard": _settings,
	"azurerm_windows_function_app": _settings,
	"azurerm_windows_function_app_slot": _settings,
	"azurerm_windows_web_app": _settings,
	"azurerm_windows_web_app_slot": _settings,
	"azurerm_static_site": _settings,
	"azurerm_static_web_app": _settings,
	"azurerm_batch_pool": [["start_task", "*", "common_environment_properties"]],
	"azurerm_container_group": [
		["container", "*", "environment_variables"],
		["container", "*", "secure_environment_variables"],
		["init_container", "*", "environment_variables"],
		["init_container", "*", "secure_environment_variables"],
	],
	"azurerm_spring_cloud_container_deployment": [["environment_variables"]],
	"azurerm_spring_cloud_java_deployment": [["environment_variables"]],
	"azurerm_template_deployment": _deployment,
	"azurerm_virtual_machine_extension": _extension,
	"azurerm_virtual_machine_scale_set_extension": _extension,
	"azurerm_virtual_machine_scale_set": _extensions,
	"azurerm_linux_virtual_machine_scale_set": _extensions,
	"azurerm_windows_virtual_machine_scale_set": _extensions,
}

# Blocks with `name` and `value`.
lists := {
	"azurerm_container_app": ["template", "*", "container", "*", "env", "*"],
	"azurerm_container_app_job": ["template", "*", "container", "*", "env", "*"],
}

# Parameters of templates: {name = {value = x}}.
templates := {
	"azurerm_resource_group_template_deployment": "parameters_content",
	"azurerm_subscription_template_deployment": "parameters_content",
	"azurerm_template_deployment": "parameters_body",
}

# Resources that are a name, at this argument, and a value.
entries := {
	"azurerm_app_configuration_key": "key",
	"azurerm_automation_variable_string": "name",
	"azurerm_api_management_named_value": "display_name",
}

_stream_blob := [["storage_account_key"]]

_stream_bus := [["shared_access_policy_key"]]

_hdinsight := [["storage_account", "*", "storage_account_key"]]

_function := [["storage_account_access_key"]]

# Arguments that are secrets, but not by a name that terraform.rego knows.
arguments := {
	"azurerm_container_app": [["secret", "*", "value"]],
	"azurerm_container_app_job": [["secret", "*", "value"]],
	"azurerm_container_group": [
		["container", "*", "volume", "*", "storage_account_key"],
		["diagnostics", "*", "log_analytics", "*", "workspace_key"],
	],
	"azurerm_cosmosdb_cassandra_cluster": [["default_admin_password"]],
	"azurerm_function_app": _function,
	"azurerm_function_app_flex_consumption": [["storage_access_key"]],
	"azurerm_function_app_slot": _function,
	"azurerm_linux_function_app": _function,
	"azurerm_linux_function_app_slot": _function,
	"azurerm_windows_function_app": _function,
	"azurerm_windows_function_app_slot": _function,
	"azurerm_logic_app_standard": _function,
	"azurerm_hdinsight_hadoop_cluster": _hdinsight,
	"azurerm_hdinsight_hbase_cluster": _hdinsight,
	"azurerm_hdinsight_interactive_query_cluster": _hdinsight,
	"azurerm_hdinsight_kafka_cluster": _hdinsight,
	"azurerm_hdinsight_spark_cluster": _hdinsight,
	"azurerm_mssql_virtual_machine": [
		["sql_connectivity_update_password"],
		["auto_backup", "*", "encryption_password"],
		["auto_backup", "*", "storage_account_access_key"],
		["key_vault_credential", "*", "service_principal_secret"],
	],
	"azurerm_stream_analytics_output_blob": _stream_blob,
	"azurerm_stream_analytics_reference_input_blob": _stream_blob,
	"azurerm_stream_analytics_stream_input_blob": _stream_blob,
	"azurerm_stream_analytics_output_eventhub": _stream_bus,
	"azurerm_stream_analytics_output_servicebus_queue": _stream_bus,
	"azurerm_stream_analytics_output_servicebus_topic": _stream_bus,
	"azurerm_stream_analytics_stream_input_eventhub": _stream_bus,
	"azurerm_stream_analytics_stream_input_iothub": _stream_bus,
	"azurerm_synapse_workspace": [["sql_administrator_login_password"]],
	"azurerm_virtual_network_gateway": [
		["vpn_client_configuration", "*", "radius_server_secret"],
		["vpn_client_configuration", "*", "radius_server", "*", "secret"],
	],
	"azuread_application_password": [["value"]],
	"azuread_service_principal_password": [["value"]],
}


_named_connections := [["connection_string", "*", "value"]]

# Arguments that are connection strings, inside blocks.
connections := {
	"azurerm_app_service": _named_connections,
	"azurerm_app_service_slot": _named_connections,
	"azurerm_function_app": _named_connections,
	"azurerm_function_app_flex_consumption": _named_connections,
	"azurerm_function_app_slot": _named_connections,
	"azurerm_linux_function_app": _named_connections,
	"azurerm_linux_function_app_slot": _named_connections,
	"azurerm_linux_web_app": _named_connections,
	"azurerm_linux_web_app_slot": _named_connections,
	"azurerm_logic_app_standard": _named_connections,
	"azurerm_windows_function_app": _named_connections,
	"azurerm_windows_function_app_slot": _named_connections,
	"azurerm_windows_web_app": _named_connections,
	"azurerm_windows_web_app_slot": _named_connections,
	"azurerm_iothub": [["endpoint", "*", "connection_string"]],
	"azurerm_redis_cache": [
		["redis_configuration", "*", "aof_storage_connection_string_0"],
		["redis_configuration", "*", "aof_storage_connection_string_1"],
		["redis_configuration", "*", "rdb_storage_connection_string"],
	],
}

_command := [["settings", "commandToExecute"], ["settings", "script"], ["protected_settings", "commandToExecute"], ["protected_settings", "script"]]

_in_extension := [array.concat(["extension", "*"], shape) | some shape in _command]

# What extensions run.
commands := {
	"azurerm_virtual_machine_extension": _command,
	"azurerm_virtual_machine_scale_set_extension": _command,
	"azurerm_virtual_machine_scale_set": _in_extension,
	"azurerm_linux_virtual_machine_scale_set": _in_extension,
	"azurerm_windows_virtual_machine_scale_set": _in_extension,
}
