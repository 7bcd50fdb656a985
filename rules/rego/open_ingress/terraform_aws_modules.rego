# METADATA
# title: A security group made by a public module lets the internet reach administration or databases
# custom: {confidence: medium, applies_to: {terraform: [module]}}
package paylint.rules.open_ingress.terraform_aws_modules

import data.paylint.lib

# The module of the registry, which is not on disk; one that is, is judged by what it makes.
calls contains {"r": r, "kind": kind[1]} if {
	r := input.terraform.module[_]
	some kind in regex.find_all_string_submatch_n(`^(?:registry\.terraform\.io/)?terraform-aws-modules/security-group/aws(?://modules/([a-z0-9-]+))?$`, lib.text(r.config.source), 1)
	not made(r)
}

made(r) if {
	some type in ["aws_security_group", "aws_security_group_rule"]
	startswith(input.terraform[type][_].address, sprintf("%s.", [r.address]))
}

applies contains call.r.id if some call in calls

# What the module calls its rules, and its parts: to which guarded port each leads.
named := {
	"all-all": "every port", "all-tcp": "every port", "all-udp": "every port",
	"ssh-tcp": "port 22", "rdp-tcp": "port 3389", "rdp-udp": "port 3389", "winrm-http-tcp": "port 5985",
	"winrm-https-tcp": "port 5986", "docker-swarm-mngmt-tcp": "port 2377", "kubernetes-api-tcp": "port 6443",
	"mysql-tcp": "port 3306", "postgresql-tcp": "port 5432", "mssql-tcp": "port 1433", "oracle-db-tcp": "port 1521",
	"redis-tcp": "port 6379", "memcached-tcp": "port 11211", "mongodb-27017-tcp": "port 27017",
	"elasticsearch-rest-tcp": "port 9200", "elasticsearch-java-tcp": "port 9300", "redshift-tcp": "port 5439",
	"kafka-broker-tcp": "port 9092", "kafka-broker-tls-tcp": "port 9094", "rabbitmq-5672-tcp": "port 5672",
	"cassandra-clients-tcp": "port 9042", "etcd-client-tcp": "port 2379", "minio-tcp": "port 9000",
}

parts := {
	"ssh": "port 22", "rdp": "port 3389", "winrm": "port 5985", "mysql": "port 3306", "postgresql": "port 5432",
	"mssql": "port 1433", "oracle-db": "port 1521", "redis": "port 6379", "memcached": "port 11211",
	"mongodb": "port 27017", "elasticsearch": "port 9200", "redshift": "port 5439", "kafka": "port 9092",
	"rabbitmq": "port 5672", "cassandra": "port 9042", "etcd": "port 2379", "docker-swarm": "port 2377",
}

open_list(config, key) := i if {
	open := [j | lib.cidr_is_open(config[key][j])]
	count(open) > 0
	i := open[0]
}

ranges := ["ingress_cidr_blocks", "ingress_ipv6_cidr_blocks"]

message(r, what) := sprintf("`%s` lets the whole internet reach %s; name the addresses that need it", [r.name, what])

deny contains {"subject": call.r.id, "path": [key, i], "msg": msg} if {
	some call in calls
	some key in ranges
	i := open_list(call.r.config, key)
	what := named[lib.text(call.r.config.ingress_rules[_])]
	msg := message(call.r, what)
}

deny contains {"subject": call.r.id, "path": [key, i], "msg": msg} if {
	some call in calls
	some key in ranges
	i := open_list(call.r.config, key)
	msg := message(call.r, parts[call.kind])
}

# One rule with ranges of its own, divided by commas.
deny contains {"subject": call.r.id, "path": [key, i], "msg": msg} if {
	some call in calls
	some key, ranges_key in {"ingress_with_cidr_blocks": "cidr_blocks", "ingress_with_ipv6_cidr_blocks": "ipv6_cidr_blocks"}
	rule := call.r.config[key][i]
	is_object(rule)
	some range in split(lib.text(rule[ranges_key]), ",")
	lib.cidr_is_open(range)
	msg := message(call.r, reached(rule))
}

reached(rule) := named[lib.text(rule.rule)] if lib.present(rule, "rule")

reached(rule) := "every port" if {
	not lib.present(rule, "rule")
	sprintf("%v", [object.get(rule, "protocol", "tcp")]) in {"-1", "all"}
}

reached(rule) := sprintf("port %v", [ports[0]]) if {
	not lib.present(rule, "rule")
	not sprintf("%v", [object.get(rule, "protocol", "tcp")]) in {"-1", "all", "icmp", "icmpv6"}
	ports := [port | some port in lib.guarded_ports; lib.port_in_range(port, rule.from_port, rule.to_port)]
	count(ports) > 0
}

unknown contains {"subject": call.r.id, "reason": "its ranges or rules are known only at apply"} if {
	some call in calls
	some key in array.concat(ranges, ["ingress_rules", "ingress_with_cidr_blocks", "ingress_with_ipv6_cidr_blocks"])
	lib.has_unknown(object.get(call.r.config, key, []))
}
