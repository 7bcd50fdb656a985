# METADATA
# title: A secret stands in plain text in the configuration of an Azure service
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_app_configuration_key
#       - azurerm_app_service
#       - azurerm_app_service_slot
#       - azurerm_automation_variable_string
#       - azurerm_api_management_named_value
#       - azurerm_batch_pool
#       - azurerm_container_app
#       - azurerm_container_app_job
#       - azurerm_container_group
#       - azurerm_cosmosdb_cassandra_cluster
#       - azurerm_function_app
#       - azurerm_function_app_flex_consumption
#       - azurerm_function_app_slot
#       - azurerm_hdinsight_hadoop_cluster
#       - azurerm_hdinsight_hbase_cluster
#       - azurerm_hdinsight_interactive_query_cluster
#       - azurerm_hdinsight_kafka_cluster
#       - azurerm_hdinsight_spark_cluster
#       - azurerm_iothub
#       - azurerm_key_vault_secret
#       - azurerm_linux_function_app
#       - azurerm_linux_function_app_slot
#       - azurerm_linux_web_app
#       - azurerm_linux_web_app_slot
#       - azurerm_logic_app_standard
#       - azurerm_mssql_virtual_machine
#       - azurerm_redis_cache
#       - azurerm_resource_group_template_deployment
#       - azurerm_spring_cloud_container_deployment
#       - azurerm_spring_cloud_java_deployment
#       - azurerm_static_site
#       - azurerm_static_web_app
#       - azurerm_stream_analytics_output_eventhub
#       - azurerm_stream_analytics_output_servicebus_queue
#       - azurerm_stream_analytics_output_servicebus_topic
#       - azurerm_stream_analytics_output_blob
#       - azurerm_stream_analytics_reference_input_blob
#       - azurerm_stream_analytics_stream_input_blob
#       - azurerm_stream_analytics_stream_input_eventhub
#       - azurerm_stream_analytics_stream_input_iothub
#       - azurerm_subscription_template_deployment
#       - azurerm_synapse_workspace
#       - azurerm_template_deployment
#       - azurerm_virtual_machine_extension
#       - azurerm_virtual_machine_scale_set
#       - azurerm_virtual_machine_scale_set_extension
#       - azurerm_linux_virtual_machine_scale_set
#       - azurerm_windows_virtual_machine_scale_set
#       - azurerm_virtual_network_gateway
#       - azurerm_windows_function_app
#       - azurerm_windows_function_app_slot
#       - azurerm_windows_web_app
#       - azurerm_windows_web_app_slot
#       - azuread_application_password
#       - azuread_service_principal_password
package paylint.rules.plaintext_secret.terraform_azure

import data.paylint.azure_secrets
import data.paylint.blocks
import data.paylint.connections
import data.paylint.lib
import data.paylint.scripts

# One value that has a name: {r, name, value, path}. Here from mappings of names to values.
named contains {"r": r, "name": name, "value": value, "path": array.concat(found.path, [name])} if {
	some type, shapes in azure_secrets.maps
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	is_object(found.value)
	lib.known(found.value)
	some name, value in found.value
}

# Blocks with a name and a value.
named contains {"r": r, "name": object.get(variable, "name", null), "value": object.get(variable, "value", null), "path": array.concat(found.path, ["value"])} if {
	some type, shape in azure_secrets.lists
	r := input.terraform[type][_]
	found := blocks.settings(r.config, array.concat(shape, ["name"]))[_]
	variable := object.get(r.config, array.slice(found.path, 0, count(found.path) - 1), null)
	is_object(variable)
}

named contains {"r": r, "name": name, "value": parameter.value, "path": [key, name, "value"]} if {
	some type, key in azure_secrets.templates
	r := input.terraform[type][_]
	is_object(r.config[key])
	some name, parameter in r.config[key]
	is_object(parameter)
	parameter.value != null
}

# Resources that are a name and a value.
named contains {"r": r, "name": last_word(r.config[key]), "value": r.config.value, "path": ["value"]} if {
	some type, key in azure_secrets.entries
	r := input.terraform[type][_]
	r.config.value != null
}

# "payments:api_key", "payments/api_key"
last_word(name) := words[count(words) - 1] if words := regex.split(`[:/]`, lib.text(name))

# Arguments that are secrets by what they are for.
secrets contains {"r": r, "name": key, "value": found.value, "path": found.path} if {
	some type, shapes in azure_secrets.arguments
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	key := found.path[count(found.path) - 1]
	is_string(key)
	found.value != null
}

secrets contains {"r": r, "name": "value", "value": r.config.value, "path": ["value"]} if {
	r := input.terraform.azurerm_key_vault_secret[_]
	not lib.no_secret_name(r.config.name)
	not lib.no_secret_text(r.config.value)
}

secrets contains {"r": r, "name": "value", "value": r.config.value, "path": ["value"]} if {
	r := input.terraform.azurerm_api_management_named_value[_]
	lib.truthy(r.config.secret)
	r.config.value != null
}

applies contains item.r.id if some item in named

applies contains item.r.id if some item in secrets

is_secret(item) if {
	says_secret(item.name)
	lib.secret_value(item.value)
	not startswith(item.value, "@Microsoft.KeyVault")
}

is_secret(item) if connections.holds_secret(item.value)

says_secret(name) if lib.secret_name(name)

says_secret(name) if regex.match(`(?i)(?:account|access|storage|function|shared|master|host)_?key$`, lib.text(name))

deny contains {"subject": item.r.id, "path": readable(item), "msg": msg} if {
	some item in named
	is_secret(item)
	msg := sprintf("the value of `%v` of %s `%s` stands in the code, and so in version control and the state; refer to a Key Vault secret", [item.name, item.r.type, item.r.name])
}

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in secrets
	lib.secret_value(item.value)
	not startswith(item.value, "@Microsoft.KeyVault")
	msg := sprintf("the value of `%v` of %s `%s` stands in the code, and so in version control and the state; take it from a secret store", [item.name, item.r.type, item.r.name])
}

# Connection strings.
strings contains {"r": r, "value": found.value, "path": found.path} if {
	some type, shapes in azure_secrets.connections
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	found.value != null
}

applies contains item.r.id if some item in strings

deny contains {"subject": item.r.id, "path": readable(item), "msg": msg} if {
	some item in strings
	connections.holds_secret(item.value)
	msg := sprintf("a connection string of `%s` holds a password or key, which stands in the code, and so in version control and the state; let a managed identity connect, or refer to a Key Vault secret", [item.r.name])
}

# What is known in part is reported where it begins.
readable(item) := item.path if is_string(item.value)

readable(item) := array.slice(item.path, 0, count(item.path) - 1) if not is_string(item.value)

# Commands of extensions, which whoever may look at the machine can read.
commands contains {"r": r, "text": found.value, "path": found.path} if {
	some type, shapes in azure_secrets.commands
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	is_string(found.value)
}

applies contains item.r.id if some item in commands

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in commands
	names := scripts.secrets(item.text)
	count(names) > 0
	msg := sprintf("the command of `%s` has the value of %s in it; fetch it from Key Vault on the machine", [item.r.name, concat(", ", sort(names))])
}
