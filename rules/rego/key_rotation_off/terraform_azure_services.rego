# METADATA
# title: An Azure service does not take up new keys, or a key is kept for years
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_disk_encryption_set, azurerm_kubernetes_cluster, azurerm_key_vault_key]}
package paylint.rules.key_rotation_off.terraform_azure_services

import data.paylint.blocks
import data.paylint.lib

# Off where nothing is written, too, but then nobody has said that it shall be.
switches := {
	"azurerm_disk_encryption_set": {"shape": ["auto_key_rotation_enabled"], "what": "stays with the version of its key that it was made with; set auto_key_rotation_enabled = true and name the key without a version"},
	"azurerm_kubernetes_cluster": {"shape": ["key_vault_secrets_provider", "*", "secret_rotation_enabled"], "what": "leaves its pods the secrets they started with after these are changed in the vault; set secret_rotation_enabled = true"},
}

said contains {"r": r, "what": switch.what, "path": found.path, "value": found.value} if {
	some type, switch in switches
	r := input.terraform[type][_]
	found := blocks.settings(r.config, switch.shape)[_]
	found.value != null
}

applies contains item.r.id if some item in said

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in said
	lib.falsy(item.value)
	msg := sprintf("`%s` %s", [item.r.name, item.what])
}

unknown contains {"subject": item.r.id, "reason": "whether it rotates is known only at apply"} if {
	some item in said
	lib.is_unknown(item.value)
}

# A period of a key's policy, in days: P90D, P12M, P2Y.
days(period) := lib.number(found[1]) * unit[found[2]] if {
	found := regex.find_all_string_submatch_n(`^P([0-9]{1,4})([DWMY])$`, lib.text(period), 1)[0]
}

unit := {"D": 1, "W": 7, "M": 30, "Y": 365}

periods contains {"r": r, "path": found.path, "value": found.value} if {
	r := input.terraform.azurerm_key_vault_key[_]
	found := blocks.settings(r.config, ["rotation_policy", "*", "automatic", "*", "time_after_creation"])[_]
	found.value != null
}

# Where it is changed so long before its end, its end counts.
periods contains {"r": r, "path": ["rotation_policy", i, "expire_after"], "value": policy.expire_after} if {
	r := input.terraform.azurerm_key_vault_key[_]
	policy := r.config.rotation_policy[i]
	is_object(policy)
	policy.expire_after != null
	not changes_by_age(policy)
}

changes_by_age(policy) if policy.automatic[_].time_after_creation

applies contains item.r.id if some item in periods

# A key is changed before it ends, by a month as a rule.
slack(path) := 90 if path[count(path) - 1] == "expire_after"

slack(path) := 0 if path[count(path) - 1] != "expire_after"

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in periods
	days(item.value) - slack(item.path) > data.settings.maximum_key_rotation_days
	msg := sprintf("key `%s` is in use for %s; change it after %v days or sooner", [item.r.name, item.value, data.settings.maximum_key_rotation_days])
}

unknown contains {"subject": item.r.id, "reason": "how long it is in use is known only at apply"} if {
	some item in periods
	lib.is_unknown(item.value)
}
