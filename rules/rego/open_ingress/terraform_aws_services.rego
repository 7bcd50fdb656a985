# METADATA
# title: A managed service's own firewall lets the whole internet reach administration or databases
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_lightsail_instance_public_ports
#       - aws_db_security_group
#       - aws_redshift_security_group
#       - aws_emr_block_public_access_configuration
#       - aws_eks_node_group
#       - aws_gamelift_fleet
#       - aws_elastic_beanstalk_environment
#       - aws_workspaces_ip_group
#       - aws_networkfirewall_firewall_policy
#   reads:
#     - [port_info, cidrs, "*"]
#     - [port_info, ipv6_cidrs, "*"]
#     - [ingress, cidr]
#     - [block_public_security_group_rules]
#     - [remote_access, source_security_group_ids]
#     - [ec2_inbound_permission, ip_range]
#     - [rules, source]
#     - [firewall_policy, stateless_default_actions, "*"]
package paylint.rules.open_ingress.terraform_aws_services

import data.paylint.lib

# What a rule from..to reaches, beginning with the first guarded port.
reached(rule) := "every port" if lower(lib.text(rule.protocol)) in {"all", "-1"}

reached(rule) := sprintf("port %v", [ports[0]]) if {
	is_object(rule)
	not lower(sprintf("%v", [object.get(rule, "protocol", "tcp")])) in {"all", "-1", "icmp", "icmpv6"}
	ports := [port | some port in lib.guarded_ports; lib.port_in_range(port, rule.from_port, rule.to_port)]
	count(ports) > 0
}

applies contains r.id if {
	some type in ["aws_lightsail_instance_public_ports", "aws_db_security_group", "aws_redshift_security_group", "aws_emr_block_public_access_configuration", "aws_gamelift_fleet"]
	r := input.terraform[type][_]
}

applies contains r.id if {
	r := input.terraform.aws_eks_node_group[_]
	lib.present(r.config.remote_access[_], "ec2_ssh_key")
}

deny contains {"subject": r.id, "path": ["port_info", i, key, j], "msg": msg} if {
	r := input.terraform.aws_lightsail_instance_public_ports[_]
	rule := r.config.port_info[i]
	some key in ["cidrs", "ipv6_cidrs"]
	lib.cidr_is_open(rule[key][j])
	what := reached(rule)
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [r.name, rule[key][j], what])
}

# Without a source, Lightsail opens the port to everyone.
deny contains {"subject": r.id, "path": ["port_info", i, "cidrs"], "msg": msg} if {
	r := input.terraform.aws_lightsail_instance_public_ports[_]
	rule := r.config.port_info[i]
	count([key | some key in ["cidrs", "ipv6_cidrs", "cidr_list_aliases"]; lib.present(rule, key)]) == 0
	what := reached(rule)
	msg := sprintf("`%s` names no source for %s, which opens it to the whole internet; write the addresses into cidrs", [r.name, what])
}

deny contains {"subject": r.id, "path": ["ingress", i, "cidr"], "msg": msg} if {
	some type in ["aws_db_security_group", "aws_redshift_security_group"]
	r := input.terraform[type][_]
	cidr := r.config.ingress[i].cidr
	lib.cidr_is_open(cidr)
	msg := sprintf("`%s` lets the whole internet (%s) reach the database; name the addresses that need it", [r.name, cidr])
}

deny contains {"subject": r.id, "path": ["block_public_security_group_rules"], "msg": msg} if {
	r := input.terraform.aws_emr_block_public_access_configuration[_]
	lib.falsy(r.config.block_public_security_group_rules)
	msg := sprintf("`%s` lets clusters start whose ports are open to the whole internet; set block_public_security_group_rules = true", [r.name])
}

deny contains {"subject": r.id, "path": ["permitted_public_security_group_rule_range", i], "msg": msg} if {
	r := input.terraform.aws_emr_block_public_access_configuration[_]
	range := r.config.permitted_public_security_group_rule_range[i]
	ports := [port | some port in lib.guarded_ports; lib.port_in_range(port, range.min_range, range.max_range)]
	count(ports) > 0
	msg := sprintf("`%s` permits clusters to open port %v to the whole internet; leave the exception out", [r.name, ports[0]])
}

# With a key and no group, the service opens port 22 of the nodes to 0.0.0.0/0.
deny contains {"subject": r.id, "path": ["remote_access", 0, "source_security_group_ids"], "msg": msg} if {
	r := input.terraform.aws_eks_node_group[_]
	access := r.config.remote_access[0]
	lib.present(access, "ec2_ssh_key")
	count(lib.as_array(object.get(access, "source_security_group_ids", []))) == 0
	msg := sprintf("SSH to the nodes of `%s` is open to the whole internet; name the groups that need it in source_security_group_ids", [r.name])
}

deny contains {"subject": r.id, "path": ["ec2_inbound_permission", i, "ip_range"], "msg": msg} if {
	r := input.terraform.aws_gamelift_fleet[_]
	rule := r.config.ec2_inbound_permission[i]
	lib.cidr_is_open(rule.ip_range)
	what := reached(rule)
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [r.name, rule.ip_range, what])
}

ssh_settings contains {"r": r, "i": i, "value": object.get(setting, "value", null)} if {
	r := input.terraform.aws_elastic_beanstalk_environment[_]
	setting := r.config.setting[i]
	is_object(setting)
	setting.namespace == "aws:autoscaling:launchconfiguration"
	setting.name == "SSHSourceRestriction"
}

applies contains found.r.id if some found in ssh_settings

deny contains {"subject": found.r.id, "path": ["setting", found.i, "value"], "msg": msg} if {
	some found in ssh_settings
	parts := split(lib.text(found.value), ",")
	lib.cidr_is_open(parts[count(parts) - 1])
	msg := sprintf("SSH to the machines of `%s` is open to the whole internet; name the addresses that need it", [found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "who may use SSH is known only at apply"} if {
	some found in ssh_settings
	lib.is_unknown(found.value)
}

applies contains r.id if r := input.terraform.aws_workspaces_ip_group[_]

deny contains {"subject": r.id, "path": ["rules", i, "source"], "msg": msg, "severity": "medium"} if {
	r := input.terraform.aws_workspaces_ip_group[_]
	source := r.config.rules[i].source
	lib.cidr_is_open(source)
	msg := sprintf("`%s` lets people log in to their desktops from anywhere (%s); name the networks they work in", [r.name, source])
}

# A firewall that passes on what no rule is about.
applies contains r.id if r := input.terraform.aws_networkfirewall_firewall_policy[_]

deny contains {"subject": r.id, "path": ["firewall_policy", 0, key, i], "msg": msg, "severity": "medium"} if {
	r := input.terraform.aws_networkfirewall_firewall_policy[_]
	some key in ["stateless_default_actions", "stateless_fragment_default_actions"]
	lower(lib.text(r.config.firewall_policy[0][key][i])) == "aws:pass"
	msg := sprintf("firewall policy `%s` lets everything through that no stateless rule names; set %s to aws:forward_to_sfe or aws:drop", [r.name, key])
}
