# METADATA
# title: An Azure service accepts an old TLS version, by its own interface
# custom:
#   confidence: high
#   applies_to: {terraform: [azapi_resource, azapi_update_resource]}
package paylint.rules.weak_tls_version.terraform_azapi

import data.paylint.azapi
import data.paylint.lib

versions := {
	"microsoft.cache/redis": {"minimumTlsVersion": "1.2"},
	"microsoft.cache/redisenterprise": {"minimumTlsVersion": "1.2"},
	"microsoft.dbforpostgresql/servers": {"minimalTlsVersion": "TLS1_2"},
	"microsoft.dbformysql/servers": {"minimalTlsVersion": "TLS1_2"},
	"microsoft.dbformariadb/servers": {"minimalTlsVersion": "TLS1_2"},
	"microsoft.devices/iothubs": {"minTlsVersion": "1.2"},
	"microsoft.documentdb/databaseaccounts": {"minimalTlsVersion": "Tls12"},
	"microsoft.eventgrid/domains": {"minimumTlsVersionAllowed": "1.2"},
	"microsoft.eventgrid/topics": {"minimumTlsVersionAllowed": "1.2"},
	"microsoft.eventhub/namespaces": {"minimumTlsVersion": "1.2"},
	"microsoft.servicebus/namespaces": {"minimumTlsVersion": "1.2"},
	"microsoft.sql/managedinstances": {"minimalTlsVersion": "1.2"},
	"microsoft.sql/servers": {"minimalTlsVersion": "1.2"},
	"microsoft.storage/storageaccounts": {"minimumTlsVersion": "TLS1_2"},
	"microsoft.web/sites": {"siteConfig.minTlsVersion": "1.2", "siteConfig.scmMinTlsVersion": "1.2"},
	"microsoft.web/sites/slots": {"siteConfig.minTlsVersion": "1.2", "siteConfig.scmMinTlsVersion": "1.2"},
	"microsoft.web/sites/config": {"minTlsVersion": "1.2", "scmMinTlsVersion": "1.2"},
}

applies contains found.item.r.id if some found in azapi.said(versions)

deny contains {"subject": found.item.r.id, "path": azapi.path(split(found.keys, ".")), "msg": msg} if {
	some found in azapi.said(versions)
	old(found.value)
	msg := sprintf("`%s` accepts older TLS versions than 1.2 (%v); set %s to \"%s\"", [found.item.r.name, found.value, found.keys, found.entry])
}

old(version) if lib.tls_too_old(version)

# Cosmos DB calls version 1.0 "Tls".
old(version) if lower(lib.text(version)) in {"none", "disabled", "tlsenforcementdisabled", "tls"}

unknown contains {"subject": found.item.r.id, "reason": "its TLS version is known only at apply"} if {
	some found in azapi.said(versions)
	lib.is_unknown(found.value)
}
