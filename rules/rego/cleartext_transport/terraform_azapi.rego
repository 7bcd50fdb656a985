# METADATA
# title: An Azure service takes connections without TLS, by its own interface
# custom:
#   confidence: high
#   applies_to: {terraform: [azapi_resource, azapi_update_resource]}
package paylint.rules.cleartext_transport.terraform_azapi

import data.paylint.azapi
import data.paylint.blocks
import data.paylint.lib

server := {"sslEnforcement": {"bad": {"disabled"}, "what": "also takes connections without TLS", "good": "\"Enabled\""}}

site := {
	"httpsOnly": {"bad": {"false"}, "what": "also serves plain HTTP", "good": "true"},
	"siteConfig.ftpsState": {"bad": {"allallowed"}, "what": "can be deployed by plain FTP", "good": "\"Disabled\""},
}

switches := {
	"microsoft.cache/redis": {"enableNonSslPort": {"bad": {"true"}, "what": "also answers on its port without TLS", "good": "false"}},
	"microsoft.cache/redisenterprise/databases": {"clientProtocol": {"bad": {"plaintext"}, "what": "speaks plain text with its clients", "good": "\"Encrypted\""}},
	"microsoft.cdn/profiles/endpoints": {"isHttpAllowed": {"bad": {"true"}, "what": "serves plain HTTP", "good": "false"}},
	"microsoft.app/containerapps": {"configuration.ingress.allowInsecure": {"bad": {"true"}, "what": "also serves plain HTTP", "good": "false"}},
	"microsoft.dbforpostgresql/servers": server,
	"microsoft.dbformysql/servers": server,
	"microsoft.dbformariadb/servers": server,
	"microsoft.storage/storageaccounts": {"supportsHttpsTrafficOnly": {"bad": {"false"}, "what": "also takes connections without TLS", "good": "true"}},
	"microsoft.web/sites": site,
	"microsoft.web/sites/slots": site,
}

applies contains found.item.r.id if some found in azapi.said(switches)

deny contains {"subject": found.item.r.id, "path": azapi.path(split(found.keys, ".")), "msg": msg} if {
	some found in azapi.said(switches)
	blocks.spelled(found.value) in found.entry.bad
	msg := sprintf("`%s` %s; set %s = %s", [found.item.r.name, found.entry.what, found.keys, found.entry.good])
}

unknown contains {"subject": found.item.r.id, "reason": "what it says is known only at apply"} if {
	some found in azapi.said(switches)
	lib.is_unknown(found.value)
}
