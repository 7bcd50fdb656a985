# What rules about Google Cloud share: who is granted what, and what its firewalls let through.
# `import data.paylint.google` and read `google.grants`.
#
# METADATA
# title: Helpers for paylint's rules about Google Cloud
package paylint.google

import data.paylint.lib

# --- IAM --------------------------------------------------------------------------------------------------------------

_endings := ["_iam_member", "_iam_binding", "_iam_policy"]

# Resources that grant: {of, r}; `of` is the type they grant on ("google_storage_bucket").
holders contains {"of": trim_suffix(type, ending), "r": r} if {
	some type, subjects in input.terraform
	startswith(type, "google_")
	some ending in _endings
	endswith(type, ending)
	r := subjects[_]
}

# A policy is written in a data source; the grants are judged there, by what it is a policy of.
holders contains {"of": trim_suffix(holder.type, "_iam_policy"), "r": policy} if {
	some [holder, policy] in written_apart
}

# written_apart: [holder, policy]: the holder's grants are written in that data source.
written_apart contains [holder, policy] if {
	some type, subjects in input.terraform
	startswith(type, "google_")
	endswith(type, "_iam_policy")
	holder := subjects[_]
	policy := input.terraform["data.google_iam_policy"][_]
	lib.refers(holder, "policy_data", policy)
}

# grants: one member of one role: {of, subject, name, r, role, member, path, role_path}.
grants contains grant if {
	some holder in holders
	some written in _written(holder.r)
	grant := {
		"of": holder.of,
		"subject": holder.r.id,
		"name": holder.r.name,
		"r": holder.r,
		"role": object.get(written, "role", ""),
		"member": written.member,
		"path": written.path,
		"role_path": written.role_path,
	}
}

_written(r) := [{"role": object.get(r.config, "role", ""), "member": r.config.member, "path": ["member"], "role_path": ["role"]}] if {
	endswith(r.type, "_iam_member")
} else := [{"role": object.get(r.config, "role", ""), "member": member, "path": ["members", i], "role_path": ["role"]} | member := r.config.members[i]] if {
	endswith(r.type, "_iam_binding")
} else := [{"role": object.get(binding, "role", ""), "member": member, "path": ["binding", i, "members", j], "role_path": ["binding", i, "role"]} |
	binding := r.config.binding[i]
	member := binding.members[j]
] if {
	r.type == "data.google_iam_policy"
} else := [{"role": object.get(binding, "role", ""), "member": member, "path": ["policy_data", "bindings", i, "members", j], "role_path": ["policy_data", "bindings", i, "role"]} |
	binding := r.config.policy_data.bindings[i]
	member := binding.members[j]
]

# everyone(member): the whole internet, or whoever has any Google account.
everyone(member) if lower(lib.text(member)) in {"allusers", "allauthenticatedusers", "principalset://goog/public:all"}

# judged(holder): its grants are written in it. A policy that a data source holds is judged there.
judged(holder) if not lib.is_unknown(holder.r.config.policy_data)

# unresolved: {of, subject, reason}: who is granted something is known only at apply. The email of a service account is
# unknown as well, but that it is one is enough.
unresolved contains {"of": holder.of, "subject": holder.r.id, "reason": "its policy is known only at apply"} if {
	some holder in holders
	lib.is_unknown(holder.r.config.policy_data)
	not _read_apart(holder.r)
}

_read_apart(r) if {
	some [holder, _] in written_apart
	holder.id == r.id
}

unresolved contains {"of": grant.of, "subject": grant.subject, "reason": "its members are known only at apply"} if {
	some grant in grants
	lib.is_unknown(grant.member)
	not somebody(grant.member)
}

unresolved contains {"of": holder.of, "subject": holder.r.id, "reason": "its members are known only at apply"} if {
	some holder in holders
	lib.is_unknown(holder.r.config.members)
}

unresolved contains {"of": holder.of, "subject": holder.r.id, "reason": "its members are known only at apply"} if {
	some holder in holders
	lib.is_unknown(holder.r.config.binding[_])
}

unresolved contains {"of": holder.of, "subject": holder.r.id, "reason": "its members are known only at apply"} if {
	some holder in holders
	lib.is_unknown(holder.r.config.binding[_].members)
}

# somebody(member): unknown, but an account that is named and made.
somebody(member) if regex.match(`^[A-Za-z]+:`, lib.text(member.text))

somebody(member) if regex.match(`^google_(?:service_account|project_service_identity)\.`, lib.text(member.ref))

# --- firewalls --------------------------------------------------------------------------------------------------------

# Rules that stand in a resource of their own, and resources that hold many.
firewall_rule_types := [
	"google_compute_firewall_policy_rule",
	"google_compute_network_firewall_policy_rule",
	"google_compute_region_network_firewall_policy_rule",
	"google_compute_organization_security_policy_rule",
]

firewall_rule_holders := [
	"google_compute_firewall_policy_with_rules",
	"google_compute_network_firewall_policy_with_rules",
	"google_compute_region_network_firewall_policy_with_rules",
]

# firewall_unsure: whether they are in force, or which way they look, is known only at apply.
firewall_unsure contains r.id if {
	r := input.terraform.google_compute_firewall[_]
	lib.present(r.config, "allow")
	_unsure(r.config)
}

firewall_unsure contains r.id if {
	some type in firewall_rule_types
	r := input.terraform[type][_]
	_unsure(r.config)
}

firewall_unsure contains r.id if {
	some type in firewall_rule_holders
	r := input.terraform[type][_]
	_unsure(r.config.rule[_])
}

_unsure(written) if lib.is_unknown(written)

_unsure(written) if {
	some key in ["direction", "disabled", "action", "match"]
	lib.is_unknown(written[key])
}

# firewall_rules: what is in force and allows something:
# {subject, name, direction, ranges: [{cidr, path}], services: [{protocol, ports}], decided_by}; `services` are what it allows,
# `decided_by` is what ranges and services were read from: something unknown in it makes them unknown.
firewall_rules contains rule if {
	r := input.terraform.google_compute_firewall[_]
	lib.present(r.config, "allow")
	not lib.truthy(r.config.disabled)
	not _unsure(r.config)
	direction := _direction(r.config)
	key := {"INGRESS": "source_ranges", "EGRESS": "destination_ranges"}[direction]
	rule := {
		"subject": r.id,
		"name": r.name,
		"direction": direction,
		"ranges": array.concat(_ranges(r.config, key, []), _unsaid(r.config, direction)),
		"services": [service |
			allow := r.config.allow[_]
			is_object(allow)
			lib.known(allow)
			service := {"protocol": object.get(allow, "protocol", ""), "ports": object.get(allow, "ports", [])}
		],
		"decided_by": [object.get(r.config, key, []), r.config.allow],
	}
}

firewall_rules contains rule if {
	some type in firewall_rule_types
	r := input.terraform[type][_]
	rule := _policy_rule(r, r.config, [])
}

firewall_rules contains rule if {
	some type in firewall_rule_holders
	r := input.terraform[type][_]
	rule := _policy_rule(r, r.config.rule[i], ["rule", i])
}

_policy_rule(r, written, path) := rule if {
	lower(lib.text(written.action)) == "allow"
	not lib.truthy(written.disabled)
	not _unsure(written)
	direction := _direction(written)
	key := {"INGRESS": "src_ip_ranges", "EGRESS": "dest_ip_ranges"}[direction]
	[match, below] := _match(written)
	is_object(match)
	layers := [layer | some name in ["layer4_configs", "layer4_config"]; layer := match[name][_]]
	rule := {
		"subject": r.id,
		"name": r.name,
		"direction": direction,
		"ranges": _ranges(match, key, array.concat(path, below)),
		"services": [service |
			some layer in layers
			is_object(layer)
			lib.known(layer)
			service := {"protocol": object.get(layer, "ip_protocol", ""), "ports": object.get(layer, "ports", [])}
		],
		"decided_by": [object.get(match, key, []), layers],
	}
}

# The oldest of the resources has a level more.
_match(written) := [written.match[0].config[0], ["match", 0, "config", 0]] if {
	lib.present(written.match[0], "config")
} else := [written.match[0], ["match", 0]]

_ranges(holder, key, path) := [{"cidr": cidr, "path": array.concat(path, [key, i])} | cidr := holder[key][i]]

# Without any source it is every address.
_unsaid(config, direction) := [{"cidr": "0.0.0.0/0", "path": ["source_ranges"]}] if {
	direction == "INGRESS"
	sources := ["source_ranges", "source_tags", "source_service_accounts"]
	count([key | some key in sources; not object.get(config, key, []) in [[], null]]) == 0
} else := []

# INGRESS is the default.
_direction(config) := upper(lib.text(object.get(config, "direction", "INGRESS")))

# every_port(service): every protocol, every port of TCP or UDP, or the whole range of ports.
every_port(service) if lower(sprintf("%v", [service.protocol])) == "all"

every_port(service) if {
	carries_ports(service)
	count(lib.as_array(service.ports)) == 0
}

every_port(service) if {
	carries_ports(service)
	regex.match(`^\s*[01]\s*-\s*65535\s*$`, lib.text(service.ports[_]))
}

# carries_ports(service): TCP, UDP or SCTP, by name or number.
carries_ports(service) if lower(sprintf("%v", [service.protocol])) in {"tcp", "udp", "sctp", "6", "17", "132"}

_guarded_ports := lib.guarded_ports

# reached(rule): what one of `firewall_rules` opens that nobody outside should reach: "every port" or "port 22".
reached(rule) := "every port" if {
	some service in rule.services
	every_port(service)
} else := sprintf("port %v", [ports[0]]) if {
	ports := [port |
		some port in _guarded_ports
		some service in rule.services
		carries_ports(service)
		lib.port_in_text(port, service.ports)
	]
	count(ports) > 0
}

# --- policies of an organisation --------------------------------------------------------------------------------------

# constraints: what a policy says of a constraint that is on or off: {r, name, value, path, condition}.
constraints contains found if {
	some type in ["google_organization_policy", "google_folder_organization_policy", "google_project_organization_policy"]
	r := input.terraform[type][_]
	policy := r.config.boolean_policy[i]
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

# --- logs -------------------------------------------------------------------------------------------------------------

sink_types := ["google_logging_project_sink", "google_logging_folder_sink", "google_logging_organization_sink", "google_logging_billing_account_sink"]

# log_stores(type): the subjects of a type that a sink sends logs to, and buckets that are called after audit logs.
log_stores(type) := [store |
	store := input.terraform[type][_]
	_stores_logs(store)
]

_stores_logs(store) if {
	some sink_type in sink_types
	sink := input.terraform[sink_type][_]
	_sends(sink, store)
}

_stores_logs(store) if {
	store.type == "google_storage_bucket"
	some name in [store.name, object.get(store.config, "name", "")]
	regex.match(`(?i)(?:^|[-_.])audit(?:ing)?[-_.]?(?:logs?|trails?)(?:[-_.]|$)`, lib.text(name))
}

_sends(sink, store) if lib.refers(sink, "destination", store)

_sends(sink, store) if lib.text(sink.config.destination) == sprintf("storage.googleapis.com/%s", [lib.text(store.config.name)])

_sends(sink, store) if endswith(lib.text(sink.config.destination), sprintf("/datasets/%s", [lib.text(store.config.dataset_id)]))

# log_buckets: the buckets of Cloud Logging. What is in "_Required" is kept 400 days and locked by Google itself.
log_buckets contains r if {
	some type in [
		"google_logging_project_bucket_config",
		"google_logging_folder_bucket_config",
		"google_logging_organization_bucket_config",
		"google_logging_billing_account_bucket_config",
	]
	r := input.terraform[type][_]
	not r.config.bucket_id == "_Required"
}

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
