# What Google Cloud's firewalls let through: `import data.paylint.google_firewalls as firewalls`.
#
# METADATA
# title: Firewalls of Google Cloud
package paylint.google_firewalls

import data.paylint.lib

# Rules that stand in a resource of their own, and resources that hold many.
_rule_types := [
	"google_compute_firewall_policy_rule",
	"google_compute_network_firewall_policy_rule",
	"google_compute_region_network_firewall_policy_rule",
	"google_compute_organization_security_policy_rule",
]

_rule_holders := [
	"google_compute_firewall_policy_with_rules",
	"google_compute_network_firewall_policy_with_rules",
	"google_compute_region_network_firewall_policy_with_rules",
]

# unsure: whether they are in force, or which way they look, is known only at apply.
unsure contains r.id if {
	r := input.terraform.google_compute_firewall[_]
	lib.present(r.config, "allow")
	_unsure(r.config)
}

unsure contains r.id if {
	some type in _rule_types
	r := input.terraform[type][_]
	_unsure(r.config)
}

unsure contains r.id if {
	some type in _rule_holders
	r := input.terraform[type][_]
	_unsure(r.config.rule[_])
}

_unsure(written) if lib.is_unknown(written)

_unsure(written) if {
	some key in ["direction", "disabled", "action", "match"]
	lib.is_unknown(written[key])
}

# rules: what is in force and allows something:
# {subject, name, direction, ranges: [{cidr, path}], services: [{protocol, ports}], decided_by}; `services` are what it allows,
# `decided_by` is what ranges and services were read from: something unknown in it makes them unknown.
rules contains rule if {
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

rules contains rule if {
	some type in _rule_types
	r := input.terraform[type][_]
	rule := _policy_rule(r, r.config, [])
}

rules contains rule if {
	some type in _rule_holders
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

# reached(rule): what one of `rules` opens that nobody outside should reach: "every port" or "port 22".
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
