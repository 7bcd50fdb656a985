# METADATA
# title: A database or cluster in Google Cloud has a public address
# custom:
#   confidence: high
#   applies_to: {terraform: [google_sql_database_instance, google_alloydb_instance, google_dataproc_cluster]}
package paylint.rules.public_database.terraform_google

import data.paylint.lib

# A clone gets the settings of what it is cloned from.
databases contains {"r": r, "ip": object.get(r.config.settings[0], ["ip_configuration", 0], {})} if {
	r := input.terraform.google_sql_database_instance[_]
	is_object(r.config.settings[0])
}

applies contains database.r.id if some database in databases

deny contains {"subject": database.r.id, "path": ["settings", 0, "ip_configuration", 0, "authorized_networks", i, "value"], "msg": msg} if {
	some database in databases
	range := database.ip.authorized_networks[i].value
	lib.cidr_is_wide(range)
	msg := sprintf("database `%s` lets %s (%s) connect; name the addresses that need it", [database.r.name, lib.the_internet(range), range])
}

# A public address is the default.
deny contains {"subject": database.r.id, "path": ["settings", 0, "ip_configuration", 0, "ipv4_enabled"], "msg": msg} if {
	some database in databases
	lib.known(database.ip)
	is_object(database.ip)
	not lib.falsy(object.get(database.ip, "ipv4_enabled", true))
	msg := sprintf("database `%s` gets a public address; set ipv4_enabled = false and give it a private_network", [database.r.name])
}

unknown contains {"subject": database.r.id, "reason": "its addresses are known only at apply"} if {
	some database in databases
	lib.is_unknown(database.ip)
}

unknown contains {"subject": database.r.id, "reason": "who may connect is known only at apply"} if {
	some database in databases
	lib.has_unknown([network.value | network := database.ip.authorized_networks[_]])
}

unknown contains {"subject": database.r.id, "reason": "who may connect is known only at apply"} if {
	some database in databases
	lib.is_unknown(database.ip.authorized_networks[_])
}

applies contains r.id if r := input.terraform.google_alloydb_instance[_]

deny contains {"subject": r.id, "path": ["network_config", 0, "enable_public_ip"], "msg": msg} if {
	r := input.terraform.google_alloydb_instance[_]
	lib.truthy(r.config.network_config[0].enable_public_ip)
	msg := sprintf("database `%s` gets a public address; leave enable_public_ip = false", [r.name])
}

deny contains {"subject": r.id, "path": ["network_config", 0, "authorized_external_networks", i, "cidr_range"], "msg": msg} if {
	r := input.terraform.google_alloydb_instance[_]
	range := r.config.network_config[0].authorized_external_networks[i].cidr_range
	lib.cidr_is_wide(range)
	msg := sprintf("database `%s` lets %s (%s) connect; name the addresses that need it", [r.name, lib.the_internet(range), range])
}

unknown contains {"subject": r.id, "reason": "its addresses are known only at apply"} if {
	r := input.terraform.google_alloydb_instance[_]
	lib.has_unknown([object.get(r.config, ["network_config", 0, key], null) | some key in ["enable_public_ip", "authorized_external_networks"]])
}

# Left out it depends on the image: since 2.2 the nodes have internal addresses only.
applies contains r.id if {
	r := input.terraform.google_dataproc_cluster[_]
	lib.present(r.config.cluster_config[0].gce_cluster_config[0], "internal_ip_only")
}

deny contains {"subject": r.id, "path": ["cluster_config", 0, "gce_cluster_config", 0, "internal_ip_only"], "msg": msg} if {
	r := input.terraform.google_dataproc_cluster[_]
	lib.falsy(r.config.cluster_config[0].gce_cluster_config[0].internal_ip_only)
	msg := sprintf("the nodes of cluster `%s` get public addresses; set internal_ip_only = true", [r.name])
}

unknown contains {"subject": r.id, "reason": "its addresses are known only at apply"} if {
	r := input.terraform.google_dataproc_cluster[_]
	lib.is_unknown(r.config.cluster_config[0].gce_cluster_config[0].internal_ip_only)
}
