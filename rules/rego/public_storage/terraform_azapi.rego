# METADATA
# title: Azure storage is open to everyone, by its own interface
# custom:
#   confidence: high
#   applies_to: {terraform: [azapi_resource, azapi_update_resource]}
package paylint.rules.public_storage.terraform_azapi

import data.paylint.azapi
import data.paylint.blocks
import data.paylint.lib

switches := {
	"microsoft.storage/storageaccounts": {
		"allowBlobPublicAccess": {"bad": {"true"}, "what": "lets its containers be opened to everyone", "good": "false"},
		"networkAcls.defaultAction": {"bad": {"allow"}, "what": "can be reached from every network", "good": "\"Deny\""},
	},
	"microsoft.storage/storageaccounts/blobservices/containers": {"publicAccess": {"bad": {"blob", "container"}, "what": "can be read by everyone", "good": "\"None\""}},
	"microsoft.containerregistry/registries": {"anonymousPullEnabled": {"bad": {"true"}, "what": "lets everyone pull images without a login", "good": "false"}},
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
