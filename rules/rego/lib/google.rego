# What rules about Google Cloud share: who is granted what, and where logs go.
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
