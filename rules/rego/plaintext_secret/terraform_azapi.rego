# METADATA
# title: A secret stands in plain text in what is given to Azure's own interface
# custom:
#   confidence: high
#   applies_to: {terraform: [azapi_resource, azapi_update_resource]}
package paylint.rules.plaintext_secret.terraform_azapi

import data.paylint.azapi
import data.paylint.lib

# Properties that are secrets whatever they belong to.
secret_properties := {
	"adminPassword", "administratorLoginPassword", "administratorPassword", "clientSecret", "sharedKey", "password",
	"radiusServerSecret", "sqlAdministratorLoginPassword", "storageAccountKey", "accountKey", "initialCassandraAdminPassword",
}

written contains {"r": item.r, "path": path, "name": name, "value": value} if {
	some item in azapi.resources
	walk(item.properties, [path, value])
	count(path) > 0
	name := path[count(path) - 1]
	name in secret_properties
}

applies contains entry.r.id if some entry in written

deny contains {"subject": entry.r.id, "path": azapi.path(entry.path), "msg": msg} if {
	some entry in written
	lib.secret_value(entry.value)
	msg := sprintf("the value of `%s` of `%s` stands in the code, and so in version control and the state; pass it in from a secret store", [entry.name, entry.r.name])
}

unknown contains {"subject": entry.r.id, "reason": "a secret of it is known only at apply"} if {
	some entry in written
	lib.is_unknown(entry.value)
}
