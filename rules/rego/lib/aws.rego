# What rules about AWS share: `import data.paylint.aws`.
#
# METADATA
# title: Helpers for paylint's rules about AWS
package paylint.aws

import data.paylint.lib

# every_port(rule): a security group's rule, or one of a network's access list, is about all ports.
every_port(rule) if {
	some key in ["protocol", "ip_protocol"]
	sprintf("%v", [rule[key]]) in {"-1", "all"}
}

every_port(rule) if {
	lib.number(rule.from_port) <= 1
	lib.number(rule.to_port) >= 65535
}

# pointed(type, path): all that resources of this type name at a path, to ask `among`: one look at each, where
# lib.refers for every pair takes minutes on hundreds of buckets. Keep it in a rule, so that it is made once.
pointed(type, path) := {"addresses": addresses, "bases": {base(address) | some address in addresses}, "names": names} if {
	resources := object.get(input.terraform, type, [])
	dotted := concat(".", [sprintf("%v", [key]) | some key in path])
	addresses := {address | address := resources[_].refs[dotted][_]}
	names := {name |
		name := lib.text(object.get(resources[_].config, path, null))
		name != ""
	}
}

# among(pointed, r): one of them names this resource. With count or for_each either side may name all instances.
among(pointed, r) if r.address in pointed.addresses

among(pointed, r) if base(r.address) in pointed.addresses

among(pointed, r) if {
	not endswith(r.address, "]")
	r.address in pointed.bases
}

among(pointed, r) if {
	some key in ["id", "arn", "name", "bucket", "identifier", "cluster_identifier", "function_name", "key_id"]
	lib.text(r.config[key]) in pointed.names
}

# base(address): without the index of an instance.
base(address) := regex.replace(address, `\[[^\]]*\]$`, "")

# points_nowhere(type, key): one of this type is for what only apply knows: it may be for any.
points_nowhere(type, key) if {
	r := object.get(input.terraform, type, [])[_]
	lib.is_unknown(r.config[key])
	count(object.get(r.refs, key, [])) == 0
}

# open_by_nature(path): who calls it cannot have shown yet who he is, or shows nothing worth it: health checks, logging
# in, keys that everyone may read. "/v1/login", "GET /health" or the last part alone.
open_by_nature(path) if {
	regex.match(`(?i)^(?:[a-z]+ )?/?(?:api/|v[0-9]+/|auth/|internal/)*(?:-/)?(?:health(?:z|[_-]?check)?|ping|live(?:z|ness)?|ready(?:z)?|readiness|log-?in|sign-?in|sign-?up|oauth2?/(?:token|authorize)|\.well-known(?:/.*)?|jwks\.json|robots\.txt|favicon\.ico)/?$`, path)
}

# tags(r): a resource's tags over those that its provider gives to all (`default_tags`): the provider without an alias, for
# a resource that names none.
tags(r) := object.union(default_tags, own_tags(r)) if {
	not lib.present(r.config, "provider")
} else := own_tags(r)

own_tags(r) := object.get(r.config, "tags", {}) if {
	is_object(object.get(r.config, "tags", {}))
} else := {}

default_tags := object.union_n([tags |
	provider := input.terraform["provider.aws"][_]
	not lib.present(provider.config, "alias")
	tags := provider.config.default_tags[0].tags
	is_object(tags)
])
