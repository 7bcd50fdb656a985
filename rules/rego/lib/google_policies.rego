# What stands in policies: those of an organisation in Google Cloud, and the security rules of Firebase.
# `import data.paylint.google_policies as policies`.
#
# METADATA
# title: Policies of Google Cloud
package paylint.google_policies

import data.paylint.lib

# --- policies of an organisation --------------------------------------------------------------------------------------

# constraints: what a policy says of a constraint that is on or off: {r, name, value, path, condition}.
constraints contains found if {
	some type in ["google_organization_policy", "google_folder_organization_policy", "google_project_organization_policy"]
	r := input.terraform[type][_]
	policy := r.config.boolean_policy[i]
	is_object(policy)
	found := {
		"r": r,
		"name": trim_prefix(lib.text(r.config.constraint), "constraints/"),
		"value": object.get(policy, "enforced", null),
		"path": ["boolean_policy", i, "enforced"],
		"condition": null,
	}
}

constraints contains found if {
	r := input.terraform.google_org_policy_policy[_]
	rule := r.config.spec[i].rules[j]
	is_object(rule)
	found := {
		"r": r,
		"name": regex.replace(_policy_name(r.config.name), `^.*/policies/`, ""),
		"value": object.get(rule, "enforce", null),
		"path": ["spec", i, "rules", j, "enforce"],
		"condition": object.get(rule, "condition", null),
	}
}

_policy_name(name) := lib.text(name)

_policy_name(name) := lib.text(name.text)

# enforced(name): a policy here does so, or may.
enforced(name) if {
	some found in constraints
	found.name == name
	not lib.falsy(found.value)
}

# lifted(names): what says that one of these constraints does not hold.
lifted(names) := [found |
	some found in constraints
	found.name in names
	lib.falsy(found.value)
	found.condition == null
]

# --- Firebase ---------------------------------------------------------------------------------------------------------

# everyone_may(rules): what security rules let everybody do with what they guard: "read" or "write to". Test mode, which
# ends on a day, is open until then.
everyone_may(rules) := "write to" if {
	some operations in _open_operations(rules)
	regex.match(`\b(?:write|create|update|delete)\b`, operations)
} else := "read" if {
	count(_open_operations(rules)) > 0
}

_open_operations(rules) := {match[1] |
	bare := regex.replace(lib.text(rules), `//[^\n]*`, "")
	some match in regex.find_all_string_submatch_n(`allow\s+([a-z, \t\n]+?)\s*(?:;|:\s*if\s+(?:true|request\.time\s*<\s*timestamp\.date\([^)]*\))\s*;)`, bare, -1)
}
