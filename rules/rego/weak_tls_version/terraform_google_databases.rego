# METADATA
# title: A database in Google Cloud accepts an old TLS version
# custom: {confidence: high, applies_to: {terraform: [google_sql_database_instance, google_alloydb_instance]}}
package paylint.rules.weak_tls_version.terraform_google_databases

import data.paylint.lib

flag := "ssl_min_protocol_version"

floors contains {"r": r, "value": object.get(given, "value", null), "path": ["settings", i, "database_flags", j, "value"]} if {
	r := input.terraform.google_sql_database_instance[_]
	given := r.config.settings[i].database_flags[j]
	given.name == flag
}

floors contains {"r": r, "value": value, "path": ["database_flags", flag]} if {
	r := input.terraform.google_alloydb_instance[_]
	value := r.config.database_flags[flag]
}

applies contains floor.r.id if some floor in floors

deny contains {"subject": floor.r.id, "path": floor.path, "msg": msg} if {
	some floor in floors
	lib.tls_too_old(floor.value)
	msg := sprintf("database `%s` accepts %v; set %s to \"TLSv1.2\"", [floor.r.name, floor.value, flag])
}

unknown contains {"subject": floor.r.id, "reason": "its TLS version is known only at apply"} if {
	some floor in floors
	lib.is_unknown(floor.value)
}
