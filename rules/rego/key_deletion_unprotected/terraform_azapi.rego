# METADATA
# title: A key vault of Azure can be purged, by its own interface
# custom:
#   confidence: high
#   applies_to: {terraform: [azapi_resource, azapi_update_resource]}
package paylint.rules.key_deletion_unprotected.terraform_azapi

import data.paylint.azapi
import data.paylint.lib

vaults contains item if {
	some item in azapi.resources
	item.kind in {"microsoft.keyvault/vaults", "microsoft.keyvault/managedhsms"}
}

applies contains item.r.id if some item in vaults

# Off is the default. What only changes a vault may leave it as it is.
off(item) if lib.falsy(item.properties.enablePurgeProtection)

off(item) if {
	azapi.made(item)
	not lib.present(item.properties, "enablePurgeProtection")
}

deny contains {"subject": item.r.id, "path": azapi.path(["enablePurgeProtection"]), "msg": msg} if {
	some item in vaults
	off(item)
	msg := sprintf("the keys of `%s` can be deleted for good at once; set enablePurgeProtection = true", [item.r.name])
}

deny contains {"subject": item.r.id, "path": azapi.path(["enableSoftDelete"]), "msg": msg} if {
	some item in vaults
	lib.falsy(item.properties.enableSoftDelete)
	msg := sprintf("what is deleted in `%s` is gone at once; leave enableSoftDelete on", [item.r.name])
}

unknown contains {"subject": item.r.id, "reason": "whether it can be purged is known only at apply"} if {
	some item in vaults
	lib.is_unknown(item.properties.enablePurgeProtection)
}
