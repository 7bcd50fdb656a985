# METADATA
# title: A managed service's own firewall lets the whole internet reach administration or databases
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::EC2::SecurityGroup
#       - AWS::EC2::SecurityGroupIngress
#       - AWS::ElasticBeanstalk::ConfigurationTemplate
#       - AWS::ElasticBeanstalk::Environment
#       - AWS::GameLift::Fleet
#       - AWS::Lightsail::Instance
#       - AWS::NetworkFirewall::FirewallPolicy
package paylint.rules.open_ingress.cloudformation_services

import data.paylint.cfn
import data.paylint.cfn_network
import data.paylint.lib

# One way in that a service keeps by itself: {r, path, range, rule}.
ways contains {"r": r, "path": ["EC2InboundPermissions", i, "IpRange"], "range": raw.IpRange, "rule": raw} if {
	r := input.cloudformation["AWS::GameLift::Fleet"][_]
	raw := r.config.EC2InboundPermissions[i]
	is_object(raw)
}

ways contains {"r": r, "path": ["Networking", "Ports", i, key, j], "range": raw[key][j], "rule": raw} if {
	r := input.cloudformation["AWS::Lightsail::Instance"][_]
	raw := r.config.Networking.Ports[i]
	is_object(raw)
	some key in ["Cidrs", "Ipv6Cidrs"]
	raw[key][j]
}

applies contains way.r.id if some way in ways

reached(rule) := "every port" if lower(lib.text(rule.Protocol)) in {"all", "-1"}

reached(rule) := sprintf("port %v", [ports[0]]) if {
	not lower(sprintf("%v", [rule.Protocol])) in {"all", "-1", "icmp", "icmpv6"}
	ports := [port | some port in lib.guarded_ports; lib.port_in_range(port, rule.FromPort, rule.ToPort)]
	count(ports) > 0
}

deny contains {"subject": way.r.id, "path": way.path, "msg": msg} if {
	some way in ways
	lib.cidr_is_open(way.range)
	what := reached(way.rule)
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [way.r.name, way.range, what])
}

unknown contains {"subject": way.r.id, "reason": "its ranges are known only at deployment"} if {
	some way in ways
	lib.is_unknown(way.range)
}

# A list of ranges that is declared here: what it holds is let in where it is named.
listed contains {"way": way, "range": range} if {
	some way in cfn_network.ways
	list := input.cloudformation["AWS::EC2::PrefixList"][_]
	is_object(way.raw)
	named := object.get(way.raw, "SourcePrefixListId", null)
	is_object(named)
	named.ref == list.address
	is_object(list.config)
	range := list.config.Entries[_].Cidr
}

applies contains found.way.r.id if some found in listed

deny contains {"subject": found.way.r.id, "path": found.way.path, "msg": msg} if {
	some found in listed
	lib.cidr_is_open(found.range)
	what := cfn_network.reached(found.way.rule)
	msg := sprintf("`%s` lets the whole internet (%s, by its prefix list) reach %s; name the addresses that need it", [found.way.r.name, found.range, what])
}

# Elastic Beanstalk: protocol, ports, range.
ssh contains {"r": r, "i": i, "value": setting.Value} if {
	some r in cfn.all(["AWS::ElasticBeanstalk::Environment", "AWS::ElasticBeanstalk::ConfigurationTemplate"])
	setting := r.config.OptionSettings[i]
	is_object(setting)
	setting.Namespace == "aws:autoscaling:launchconfiguration"
	setting.OptionName == "SSHSourceRestriction"
}

applies contains found.r.id if some found in ssh

deny contains {"subject": found.r.id, "path": ["OptionSettings", found.i, "Value"], "msg": msg} if {
	some found in ssh
	parts := split(lib.text(found.value), ",")
	lib.cidr_is_open(parts[count(parts) - 1])
	msg := sprintf("SSH to the machines of `%s` is open to the whole internet; name the addresses that need it", [found.r.name])
}

# A firewall that passes on what no rule is about.
passes contains {"r": r, "path": ["FirewallPolicy", key, i], "key": key, "action": r.config.FirewallPolicy[key][i]} if {
	r := input.cloudformation["AWS::NetworkFirewall::FirewallPolicy"][_]
	some key in ["StatelessDefaultActions", "StatelessFragmentDefaultActions"]
	r.config.FirewallPolicy[key][i]
}

applies contains one.r.id if some one in passes

deny contains {"subject": one.r.id, "path": one.path, "msg": msg, "severity": "medium"} if {
	some one in passes
	lower(lib.text(one.action)) == "aws:pass"
	msg := sprintf("firewall policy `%s` lets everything through that no stateless rule names; set %s to aws:forward_to_sfe or aws:drop", [one.r.name, one.key])
}

unknown contains {"subject": one.r.id, "reason": "what it does by default is known only at deployment"} if {
	some one in passes
	lib.is_unknown(one.action)
}
