# METADATA
# title: A cache, cluster or database user in Google Cloud needs no password
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - google_redis_instance
#       - google_redis_cluster
#       - google_memorystore_instance
#       - google_container_cluster
#       - google_container_node_pool
#       - google_sql_user
package paylint.rules.authentication_off.terraform_google

import data.paylint.blocks
import data.paylint.lib

# Each takes anybody where nothing is written, too.
caches := {
	"google_redis_instance": {"shape": ["auth_enabled"], "off": {"", "false"}, "good": "auth_enabled = true"},
	"google_redis_cluster": {"shape": ["authorization_mode"], "off": {"", "auth_mode_disabled", "auth_mode_unspecified"}, "good": "authorization_mode = \"AUTH_MODE_IAM_AUTH\""},
	"google_memorystore_instance": {"shape": ["authorization_mode"], "off": {"", "auth_disabled"}, "good": "authorization_mode = \"IAM_AUTH\""},
}

applies contains r.id if {
	some type, _ in caches
	r := input.terraform[type][_]
}

deny contains object.union({"subject": r.id, "path": found.path, "msg": msg}, surely(r, found)) if {
	some type, cache in caches
	r := input.terraform[type][_]
	found := blocks.bad(r.config, cache.shape, cache.off)[_]
	msg := sprintf("cache `%s` serves whoever reaches it, without a password; set %s", [r.name, cache.good])
}

# What the newest kind takes where nothing is written, its reference does not say.
surely(r, found) := {"confidence": "medium"} if {
	r.type == "google_memorystore_instance"
	found.value == null
} else := {}

# --- clusters: what is open only where somebody wrote it --------------------------------------------------------------

kubelet := {
	"open": {"true"}, "severity": "high",
	"what": "serves the read-only port of its kubelets (10255) to whoever asks; set insecure_kubelet_readonly_port_enabled = \"FALSE\"",
}

# What callers without a login may do still takes a role that is bound to them.
switches := [
	object.union(kubelet, {"shape": ["node_config", "*", "kubelet_config", "*", "insecure_kubelet_readonly_port_enabled"]}),
	object.union(kubelet, {"shape": ["node_pool", "*", "node_config", "*", "kubelet_config", "*", "insecure_kubelet_readonly_port_enabled"]}),
	object.union(kubelet, {"shape": ["node_pool_defaults", "*", "node_config_defaults", "*", "insecure_kubelet_readonly_port_enabled"]}),
	object.union(kubelet, {"shape": ["node_pool_auto_config", "*", "node_kubelet_config", "*", "insecure_kubelet_readonly_port_enabled"]}),
	{
		"shape": ["anonymous_authentication_config", "*", "mode"], "open": {"enabled"}, "severity": "medium",
		"what": "lets the API server take requests from nobody in particular; set mode = \"LIMITED\"",
	},
	{
		"shape": ["rbac_binding_config", "*", "enable_insecure_binding_system_unauthenticated"], "open": {"true"}, "severity": "medium",
		"what": "lets rights be bound to callers who have not logged in; set enable_insecure_binding_system_unauthenticated = false",
	},
	{
		"shape": ["rbac_binding_config", "*", "enable_insecure_binding_system_authenticated"], "open": {"true"}, "severity": "medium",
		"what": "lets rights be bound to whoever has any Google account; set enable_insecure_binding_system_authenticated = false",
	},
]

settings contains {"r": r, "path": found.path, "value": found.value, "switch": switch} if {
	some type in ["google_container_cluster", "google_container_node_pool"]
	r := input.terraform[type][_]
	some switch in switches
	found := blocks.settings(r.config, switch.shape)[_]
	found.value != null
}

applies contains found.r.id if some found in settings

deny contains {"subject": found.r.id, "path": found.path, "msg": msg, "severity": found.switch.severity} if {
	some found in settings
	blocks.spelled(found.value) in found.switch.open
	msg := sprintf("`%s` %s", [found.r.name, found.switch.what])
}

unknown contains {"subject": found.r.id, "reason": "whether it asks callers who they are is known only at apply"} if {
	some found in settings
	lib.is_unknown(found.value)
}

# --- users of databases -----------------------------------------------------------------------------------------------

# MySQL makes a user without a password where none is given; PostgreSQL and SQL Server refuse to.
users contains r if {
	r := input.terraform.google_sql_user[_]
	object.get(r.config, "type", "BUILT_IN") in {"BUILT_IN", ""}
	database := input.terraform.google_sql_database_instance[_]
	startswith(lib.text(database.config.database_version), "MYSQL")
	lib.refers(r, "instance", database)
}

applies contains r.id if some r in users

deny contains {"subject": r.id, "path": ["password"], "msg": msg} if {
	some r in users
	count([key | some key in ["password", "password_wo"]; not object.get(r.config, key, "") in ["", null]]) == 0
	msg := sprintf("database user `%s` has no password; give it one from a secret store, or an IAM type", [r.name])
}
