# METADATA
# title: An Azure service accepts an old TLS version
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_redis_cache
#       - azurerm_redis_enterprise_cluster
#       - azurerm_storage_account
#       - azurerm_mssql_server
#       - azurerm_mssql_managed_instance
#       - azurerm_sql_managed_instance
#       - azurerm_postgresql_server
#       - azurerm_mysql_server
#       - azurerm_mariadb_server
#       - azurerm_mysql_flexible_server_configuration
#       - azurerm_postgresql_flexible_server_configuration
#       - azurerm_cosmosdb_account
#       - azurerm_eventhub_namespace
#       - azurerm_servicebus_namespace
#       - azurerm_iothub
#       - azurerm_hdinsight_hadoop_cluster
#       - azurerm_hdinsight_hbase_cluster
#       - azurerm_hdinsight_interactive_query_cluster
#       - azurerm_hdinsight_kafka_cluster
#       - azurerm_hdinsight_spark_cluster
#       - azurerm_app_service
#       - azurerm_app_service_slot
#       - azurerm_function_app
#       - azurerm_function_app_slot
#       - azurerm_logic_app_standard
#       - azurerm_linux_web_app
#       - azurerm_linux_web_app_slot
#       - azurerm_windows_web_app
#       - azurerm_windows_web_app_slot
#       - azurerm_linux_function_app
#       - azurerm_linux_function_app_slot
#       - azurerm_windows_function_app
#       - azurerm_windows_function_app_slot
#       - azurerm_function_app_flex_consumption
#       - azurerm_application_gateway
#       - azurerm_cdn_endpoint_custom_domain
#       - azurerm_cdn_frontdoor_custom_domain
#       - azurerm_frontdoor_custom_https_configuration
#       - azurerm_api_management
#       - azurerm_api_management_gateway_host_name_configuration
#       - azurerm_app_service_environment_v3
#       - azurerm_eventgrid_domain
#       - azurerm_eventgrid_topic
#   reads:
#     - [minimum_tls_version]
#     - [min_tls_version]
#     - [minimal_tls_version]
#     - [tls_min_version]
#     - [ssl_minimal_tls_version_enforced]
#     - [site_config, min_tls_version]
#     - [site_config, minimum_tls_version]
#     - [site_config, scm_min_tls_version]
#     - [site_config, scm_minimum_tls_version]
#     - [tls, minimum_tls_version]
#     - [tls10_enabled]
#     - [tls11_enabled]
#     - [custom_https_configuration, minimum_tls_version]
#     - [cdn_managed_https, tls_version]
#     - [user_managed_https, tls_version]
#     - [security, "*", "*"]
#     - [ssl_policy, policy_name]
#     - [ssl_policy, min_protocol_version]
#     - [ssl_policy, disabled_protocols, "*"]
#     - [ssl_profile, ssl_policy, policy_name]
#     - [ssl_profile, ssl_policy, min_protocol_version]
#     - [ssl_profile, ssl_policy, disabled_protocols, "*"]
package paylint.rules.weak_tls_version.terraform_azure

import data.paylint.lib

arguments := {
	"azurerm_redis_cache": [["minimum_tls_version"]],
	"azurerm_redis_enterprise_cluster": [["minimum_tls_version"]],
	"azurerm_storage_account": [["min_tls_version"]],
	"azurerm_mssql_server": [["minimum_tls_version"]],
	"azurerm_mssql_managed_instance": [["minimum_tls_version"]],
	"azurerm_sql_managed_instance": [["minimum_tls_version"]],
	"azurerm_postgresql_server": [["ssl_minimal_tls_version_enforced"]],
	"azurerm_mysql_server": [["ssl_minimal_tls_version_enforced"]],
	"azurerm_mariadb_server": [["ssl_minimal_tls_version_enforced"]],
	"azurerm_cosmosdb_account": [["minimal_tls_version"]],
	"azurerm_eventhub_namespace": [["minimum_tls_version"]],
	"azurerm_servicebus_namespace": [["minimum_tls_version"]],
	"azurerm_eventgrid_domain": [["minimum_tls_version"]],
	"azurerm_eventgrid_topic": [["minimum_tls_version"]],
	"azurerm_iothub": [["min_tls_version"]],
	"azurerm_hdinsight_hadoop_cluster": [["tls_min_version"]],
	"azurerm_hdinsight_hbase_cluster": [["tls_min_version"]],
	"azurerm_hdinsight_interactive_query_cluster": [["tls_min_version"]],
	"azurerm_hdinsight_kafka_cluster": [["tls_min_version"]],
	"azurerm_hdinsight_spark_cluster": [["tls_min_version"]],
	"azurerm_cdn_frontdoor_custom_domain": [["tls", 0, "minimum_tls_version"]],
	"azurerm_frontdoor_custom_https_configuration": [["custom_https_configuration", 0, "minimum_tls_version"]],
	"azurerm_cdn_endpoint_custom_domain": [["cdn_managed_https", 0, "tls_version"], ["user_managed_https", 0, "tls_version"]],
}

apps := [
	"azurerm_app_service",
	"azurerm_app_service_slot",
	"azurerm_function_app",
	"azurerm_function_app_slot",
	"azurerm_logic_app_standard",
	"azurerm_linux_web_app",
	"azurerm_linux_web_app_slot",
	"azurerm_windows_web_app",
	"azurerm_windows_web_app_slot",
	"azurerm_linux_function_app",
	"azurerm_linux_function_app_slot",
	"azurerm_windows_function_app",
	"azurerm_windows_function_app_slot",
	"azurerm_function_app_flex_consumption",
]

# The site itself, and its deployment site (scm).
app_arguments := ["min_tls_version", "minimum_tls_version", "scm_min_tls_version", "scm_minimum_tls_version"]

# What a subject says about versions: {subject, name, path, value}.
said contains {"subject": r.id, "name": r.name, "path": path, "value": value} if {
	some type, paths in arguments
	r := input.terraform[type][_]
	some path in paths
	value := object.get(r.config, path, null)
	value != null
}

said contains {"subject": r.id, "name": r.name, "path": path, "value": value} if {
	some type in apps
	r := input.terraform[type][_]
	some key in app_arguments
	path := ["site_config", 0, key]
	value := object.get(r.config, path, null)
	value != null
}

# Server parameters of the flexible databases: MySQL takes a list, and its oldest version counts.
said contains entry if {
	some r in parameters
	entry := {"subject": r.id, "name": r.name, "path": ["value"], "value": r.config.value}
}

parameters contains r if {
	r := input.terraform.azurerm_mysql_flexible_server_configuration[_]
	lower(lib.text(r.config.name)) == "tls_version"
}

parameters contains r if {
	r := input.terraform.azurerm_postgresql_flexible_server_configuration[_]
	lower(lib.text(r.config.name)) in {"ssl_min_protocol_version", "tls_min_protocol_version"}
}

applies contains item.subject if some item in said

# Where nothing is written today's provider asks for 1.2, but for Redis, where its default is 1.0.
applies contains r.id if r := input.terraform.azurerm_redis_cache[_]

deny contains {"subject": r.id, "path": ["minimum_tls_version"], "msg": msg} if {
	r := input.terraform.azurerm_redis_cache[_]
	not lib.present(r.config, "minimum_tls_version")
	msg := sprintf("without minimum_tls_version cache `%s` accepts TLS 1.0; set it to \"1.2\"", [r.name])
}

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in said
	lib.tls_too_old(item.value)
	msg := sprintf("`%s` accepts %v; set %s to TLS 1.2", [item.name, item.value, last(item.path)])
}

# Cosmos DB calls version 1.0 "Tls".
deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in said
	lower(lib.text(item.value)) in {"disabled", "none", "tlsenforcementdisabled", "tls"}
	msg := sprintf("`%s` accepts any TLS version; set %s to TLS 1.2", [item.name, last(item.path)])
}

last(path) := path[count(path) - 1]

unknown contains {"subject": r.id, "reason": "its TLS version is known only at apply"} if {
	some r in parameters
	lib.is_unknown(r.config.value)
}

# Application gateways: a policy for all listeners, and one in each profile.
gateway_policies contains {"subject": r.id, "name": r.name, "policy": policy, "path": ["ssl_policy", i]} if {
	r := input.terraform.azurerm_application_gateway[_]
	policy := r.config.ssl_policy[i]
	is_object(policy)
}

gateway_policies contains {"subject": r.id, "name": r.name, "policy": policy, "path": ["ssl_profile", i, "ssl_policy", j]} if {
	r := input.terraform.azurerm_application_gateway[_]
	policy := r.config.ssl_profile[i].ssl_policy[j]
	is_object(policy)
}

applies contains item.subject if some item in gateway_policies

deny contains {"subject": item.subject, "path": array.concat(item.path, ["policy_name"]), "msg": msg} if {
	some item in gateway_policies
	item.policy.policy_name in {"AppGwSslPolicy20150501", "AppGwSslPolicy20170401"}
	msg := sprintf("policy %s still accepts TLS 1.0 or 1.1; use AppGwSslPolicy20220101", [item.policy.policy_name])
}

deny contains {"subject": item.subject, "path": array.concat(item.path, ["min_protocol_version"]), "msg": msg} if {
	some item in gateway_policies
	lib.tls_too_old(item.policy.min_protocol_version)
	msg := sprintf("gateway `%s` accepts %v; set min_protocol_version to TLSv1_2", [item.name, item.policy.min_protocol_version])
}

deny contains {"subject": item.subject, "path": array.concat(item.path, ["disabled_protocols"]), "msg": msg} if {
	some item in gateway_policies
	disabled := item.policy.disabled_protocols
	is_array(disabled)
	count(disabled) > 0
	not lib.has_unknown(disabled)
	some version in ["TLSv1_0", "TLSv1_1"]
	not version in disabled
	msg := sprintf("gateway `%s` does not disable %s; name it in disabled_protocols", [item.name, version])
}

# API Management: the names until version 3 of the provider begin with enable_, those after end in _enabled.
protocols contains concat("_", words) if {
	some side in ["backend", "frontend"]
	some version in ["ssl30", "tls10", "tls11"]
	some words in [["enable", side, version], [side, version, "enabled"]]
}

applies contains r.id if {
	r := input.terraform.azurerm_api_management[_]
	lib.present(r.config, "security")
}

deny contains {"subject": r.id, "path": ["security", i, key], "msg": msg} if {
	r := input.terraform.azurerm_api_management[_]
	some key in protocols
	lib.truthy(r.config.security[i][key])
	msg := sprintf("%s switches an old protocol on; leave it off", [key])
}

# A gateway of one's own.
applies contains r.id if r := input.terraform.azurerm_api_management_gateway_host_name_configuration[_]

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	r := input.terraform.azurerm_api_management_gateway_host_name_configuration[_]
	some key in ["tls10_enabled", "tls11_enabled"]
	lib.truthy(r.config[key])
	msg := sprintf("%s switches an old protocol on; leave it off", [key])
}

# App Service environments.
switches contains {"r": r, "value": setting.value, "path": ["cluster_setting", i, "value"]} if {
	r := input.terraform.azurerm_app_service_environment_v3[_]
	setting := r.config.cluster_setting[i]
	setting.name == "DisableTls1.0"
}

applies contains item.r.id if some item in switches

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in switches
	lower(sprintf("%v", [item.value])) in {"0", "false"}
	msg := sprintf("`%s` accepts TLS 1.0; set DisableTls1.0 to \"1\"", [item.r.name])
}

unknown contains {"subject": item.r.id, "reason": "whether it accepts TLS 1.0 is known only at apply"} if {
	some item in switches
	lib.is_unknown(item.value)
}
