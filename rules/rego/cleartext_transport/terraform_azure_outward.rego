# METADATA
# title: An Azure service speaks plain text with others
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_api_management_api
#       - azurerm_api_management_backend
#       - azurerm_container_registry_webhook
#       - azurerm_frontdoor_custom_https_configuration
#       - azurerm_hdinsight_hadoop_cluster
#       - azurerm_hdinsight_hbase_cluster
#       - azurerm_hdinsight_interactive_query_cluster
#       - azurerm_hdinsight_kafka_cluster
#       - azurerm_hdinsight_spark_cluster
#       - azurerm_logic_app_action_http
#       - azurerm_monitor_action_group
#       - azurerm_virtual_network_gateway_connection
#       - azurerm_vpn_gateway_connection
package paylint.rules.cleartext_transport.terraform_azure_outward

import data.paylint.azure_vpn
import data.paylint.blocks
import data.paylint.hosts
import data.paylint.lib

# Addresses that a service calls.
called := {
	"azurerm_api_management_api": ["service_url"],
	"azurerm_api_management_backend": ["url"],
	"azurerm_container_registry_webhook": ["service_uri"],
	"azurerm_logic_app_action_http": ["uri"],
	"azurerm_monitor_action_group": ["webhook_receiver", "*", "service_uri"],
}

calls contains {"r": r, "path": found.path, "value": found.value} if {
	some type, shape in called
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shape)[_]
	found.value != null
}

applies contains item.r.id if some item in calls

# An own network is another question.
deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in calls
	url := hosts.url(item.value)
	url.scheme in {"http", "ws", "ftp"}
	hosts.outside(url.host)
	msg := sprintf("`%s` calls %s without TLS; call it by https", [item.r.name, url.host])
}

unknown contains {"subject": item.r.id, "reason": "which address it calls is known only at apply"} if {
	some item in calls
	lib.is_unknown(item.value)
	not startswith(lower(lib.text(item.value.text)), "https://")
}

# Clusters of HDInsight: their nodes talk in plain text unless asked not to.
clusters := [
	"azurerm_hdinsight_hadoop_cluster",
	"azurerm_hdinsight_hbase_cluster",
	"azurerm_hdinsight_interactive_query_cluster",
	"azurerm_hdinsight_kafka_cluster",
	"azurerm_hdinsight_spark_cluster",
]

applies contains r.id if {
	some type in clusters
	r := input.terraform[type][_]
	lib.present(r.config, "encryption_in_transit_enabled")
}

deny contains {"subject": r.id, "path": ["encryption_in_transit_enabled"], "msg": msg} if {
	some type in clusters
	r := input.terraform[type][_]
	lib.falsy(r.config.encryption_in_transit_enabled)
	msg := sprintf("the nodes of `%s` talk in plain text; set encryption_in_transit_enabled = true", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether its nodes encrypt is known only at apply"} if {
	some type in clusters
	r := input.terraform[type][_]
	lib.is_unknown(r.config.encryption_in_transit_enabled)
}

# A name of one's own in front of Front Door.
applies contains r.id if r := input.terraform.azurerm_frontdoor_custom_https_configuration[_]

deny contains {"subject": r.id, "path": ["custom_https_provisioning_enabled"], "msg": msg} if {
	r := input.terraform.azurerm_frontdoor_custom_https_configuration[_]
	lib.falsy(r.config.custom_https_provisioning_enabled)
	not azures_own(r)
	msg := sprintf("frontend `%s` has no certificate of its own name, and so no HTTPS; set custom_https_provisioning_enabled = true", [r.name])
}

# A frontend under azurefd.net has Azure's certificate: that is what the setting says of the default one.
azures_own(r) if {
	door := input.terraform.azurerm_frontdoor[_]
	lib.refers(r, "frontend_endpoint_id", door)
	endswith(lower(lib.text(door.config.frontend_endpoint[_].host_name)), ".azurefd.net")
}

# Tunnels that encrypt nothing.
tunnels := ["ipsec_encryption", "encryption_algorithm"]

applies contains item.r.id if some item in azure_vpn.said(tunnels)

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in azure_vpn.said(tunnels)
	lower(lib.text(item.value)) == "none"
	msg := sprintf("connection `%s` encrypts nothing; use AES256 or GCMAES256", [item.r.name])
}
