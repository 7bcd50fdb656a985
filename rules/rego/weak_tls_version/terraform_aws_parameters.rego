# METADATA
# title: Parameters of an AWS database let clients connect with an old TLS version
# custom: {confidence: high, applies_to: {terraform: [aws_db_parameter_group, aws_rds_cluster_parameter_group, aws_db_option_group]}}
package paylint.rules.weak_tls_version.terraform_aws_parameters

import data.paylint.lib

# MySQL and MariaDB list versions, PostgreSQL names the oldest; SQL Server has a switch for each.
listed := {"tls_version", "ssl_min_protocol_version", "SQLNET.SSL_VERSION"}

switches := {"rds.tls10": "TLS 1.0", "rds.tls11": "TLS 1.1"}

parameters contains entry if {
	some type in ["aws_db_parameter_group", "aws_rds_cluster_parameter_group"]
	r := input.terraform[type][_]
	p := r.config.parameter[i]
	lib.text(p.name)
	decides(p.name)
	entry := {"subject": r.id, "path": ["parameter", i, "value"], "name": p.name, "value": p.value}
}

# Oracle has it in an option.
parameters contains entry if {
	r := input.terraform.aws_db_option_group[_]
	p := r.config.option[i].option_settings[j]
	p.name == "SQLNET.SSL_VERSION"
	entry := {"subject": r.id, "path": ["option", i, "option_settings", j, "value"], "name": p.name, "value": p.value}
}

decides(name) if name in listed

decides(name) if switches[name]

applies contains p.subject if some p in parameters

deny contains {"subject": p.subject, "path": p.path, "msg": msg} if {
	some p in parameters
	p.name in listed
	lib.tls_too_old(lib.text(p.value))
	msg := sprintf("%s lets clients connect with an old version (%s); leave TLSv1.2 and newer", [p.name, p.value])
}

deny contains {"subject": p.subject, "path": p.path, "msg": msg} if {
	some p in parameters
	version := switches[p.name]
	lower(sprintf("%v", [p.value])) in {"enabled", "1", "true"}
	msg := sprintf("%s lets clients connect with %s; set it to disabled", [p.name, version])
}

unknown contains {"subject": p.subject, "reason": sprintf("%v is known only at apply", [p.name])} if {
	some p in parameters
	lib.is_unknown(p.value)
}
