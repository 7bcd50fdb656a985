# METADATA
# title: An Azure service answers every network, by its own interface
# custom:
#   confidence: high
#   applies_to: {terraform: [azapi_resource, azapi_update_resource]}
package paylint.rules.public_service_endpoint.terraform_azapi

import data.paylint.azapi
import data.paylint.blocks
import data.paylint.lib

address := {"publicNetworkAccess": "\"Disabled\""}

services := {
	"microsoft.appconfiguration/configurationstores": address,
	"microsoft.automation/automationaccounts": address,
	"microsoft.batch/batchaccounts": address,
	"microsoft.cognitiveservices/accounts": address,
	"microsoft.containerregistry/registries": address,
	"microsoft.databricks/workspaces": address,
	"microsoft.datafactory/factories": address,
	"microsoft.devices/iothubs": address,
	"microsoft.eventgrid/domains": address,
	"microsoft.eventgrid/namespaces": address,
	"microsoft.eventgrid/topics": address,
	"microsoft.eventhub/namespaces": address,
	"microsoft.keyvault/managedhsms": address,
	"microsoft.keyvault/vaults": address,
	"microsoft.machinelearningservices/workspaces": address,
	"microsoft.purview/accounts": address,
	"microsoft.recoveryservices/vaults": address,
	"microsoft.servicebus/namespaces": address,
	"microsoft.signalrservice/signalr": address,
	"microsoft.signalrservice/webpubsub": address,
	"microsoft.storage/storageaccounts": address,
}

applies contains found.item.r.id if some found in azapi.said(services)

fenced(item) if {
	some key in ["networkAcls", "networkRuleSet", "networkRuleSets"]
	lower(lib.text(item.properties[key].defaultAction)) == "deny"
}

deny contains {"subject": found.item.r.id, "path": azapi.path([found.keys]), "msg": msg} if {
	some found in azapi.said(services)
	blocks.spelled(found.value) == "enabled"
	not fenced(found.item)
	not fenced_perhaps(found.item)
	msg := sprintf("`%s` answers the whole internet; set publicNetworkAccess = %s and use a private endpoint, or a firewall that denies by default", [found.item.r.name, found.entry])
}

fenced_perhaps(item) if {
	some key in ["networkAcls", "networkRuleSet", "networkRuleSets"]
	lib.has_unknown(object.get(item.properties, key, {}))
}

unknown contains {"subject": found.item.r.id, "reason": "whether it is public is known only at apply"} if {
	some found in azapi.said(services)
	lib.is_unknown(found.value)
}
