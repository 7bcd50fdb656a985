# Ways into a network, for rules about who is let in: `import data.paylint.cfn_network`.
#
# METADATA
# title: Security groups and access lists of CloudFormation
package paylint.cfn_network

import data.paylint.aws
import data.paylint.cfn
import data.paylint.lib

# ways: what security groups let in: {r, rule, raw, path}; `rule` has the names that data.paylint.aws takes.
ways contains {"r": r, "rule": cfn.security_rule(raw), "raw": raw, "path": ["SecurityGroupIngress", i]} if {
	r := input.cloudformation["AWS::EC2::SecurityGroup"][_]
	raw := r.config.SecurityGroupIngress[i]
	is_number(i)
	is_object(raw)
}

# One rule may stand where a list of them belongs.
ways contains {"r": r, "rule": cfn.security_rule(raw), "raw": raw, "path": ["SecurityGroupIngress"]} if {
	r := input.cloudformation["AWS::EC2::SecurityGroup"][_]
	raw := r.config.SecurityGroupIngress
	is_object(raw)
	lib.known(raw)
}

ways contains {"r": r, "rule": cfn.security_rule(r.config), "raw": r.config, "path": []} if {
	r := input.cloudformation["AWS::EC2::SecurityGroupIngress"][_]
}

# ranges: the address ranges of those that reach a guarded port: {r, range, path, what}.
ranges contains {"r": way.r, "range": range, "path": array.concat(way.path, [key]), "what": what} if {
	some way in ways
	some key in ["CidrIp", "CidrIpv6"]
	range := lib.text(way.raw[key])
	what := reached(way.rule)
}

# unclear(way): who is let in, or where, is known only at deployment. A group as the source is nobody from outside.
unclear(way) if {
	some key in ["CidrIp", "CidrIpv6"]
	lib.is_unknown(way.raw[key])
}

unclear(way) if {
	some key in ["CidrIp", "CidrIpv6"]
	lib.cidr_is_wide(way.raw[key])
	some field in ["protocol", "from_port", "to_port"]
	lib.is_unknown(way.rule[field])
}

# entries: what access lists let in.
entries contains r if {
	r := input.cloudformation["AWS::EC2::NetworkAclEntry"][_]
	not lib.truthy(r.config.Egress)
	lower(lib.text(r.config.RuleAction)) == "allow"
}

# entry_ranges: the same of access lists.
entry_ranges contains {"r": r, "range": range, "path": [key], "what": what} if {
	some r in entries
	some key in ["CidrBlock", "Ipv6CidrBlock"]
	range := lib.text(r.config[key])
	not _for_answers(r.config)
	what := reached(_entry_rule(r.config))
}

_entry_rule(config) := {
	"protocol": object.get(config, "Protocol", -1),
	"from_port": object.get(config, ["PortRange", "From"], null),
	"to_port": object.get(config, ["PortRange", "To"], null),
}

_for_answers(config) if {
	lib.number(config.PortRange.From) >= 1024
	lib.number(config.PortRange.To) - lib.number(config.PortRange.From) >= 10000
}

_carries_ports(rule) if not lower(sprintf("%v", [rule.protocol])) in {"icmp", "icmpv6", "1", "58"}

# The embedded engine sees no document of another package inside a function that a third one calls: named here first.
_guarded := lib.guarded_ports

# reached(rule): what a rule opens, beginning with the first guarded port: "every port", "port 22".
reached(rule) := "every port" if aws.every_port(rule)

reached(rule) := sprintf("port %v", [ports[0]]) if {
	not aws.every_port(rule)
	_carries_ports(rule)
	ports := [port | some port in _guarded; lib.port_in_range(port, rule.from_port, rule.to_port)]
	count(ports) > 0
}
