# METADATA
# title: An AWS database, search domain or broker writes no audit log
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_db_instance
#       - aws_rds_cluster
#       - aws_redshift_cluster
#       - aws_redshiftserverless_namespace
#       - aws_opensearch_domain
#       - aws_elasticsearch_domain
#       - aws_mq_broker
#       - aws_db_option_group
#       - aws_db_parameter_group
#       - aws_rds_cluster_parameter_group
#       - aws_docdb_cluster_parameter_group
#       - aws_neptune_cluster_parameter_group
#       - aws_redshift_parameter_group
#   reads:
#     - [logging, enable]
#     - [enabled_cloudwatch_logs_exports]
#     - [log_exports]
#     - [log_publishing_options, "*", log_type]
#     - [log_publishing_options, "*", enabled]
#     - [logs, audit]
#     - [logs, general]
package paylint.rules.audit_logging_off.terraform_aws_databases

import data.paylint.lib

applies contains r.id if {
	some type in ["aws_redshift_cluster", "aws_redshiftserverless_namespace", "aws_opensearch_domain", "aws_elasticsearch_domain", "aws_mq_broker"]
	r := input.terraform[type][_]
}

# Redshift logs by a block of the cluster (until version 6 of the provider) or by a resource of its own.
redshift_logs(r) if not lib.falsy(object.get(r.config, ["logging", 0, "enable"], false))

redshift_logs(r) if {
	log := input.terraform.aws_redshift_logging[_]
	lib.refers(log, "cluster_identifier", r)
}

# One whose cluster is known only at apply may be for any.
redshift_unclear if {
	log := input.terraform.aws_redshift_logging[_]
	lib.is_unknown(log.config.cluster_identifier)
	count(object.get(log.refs, "cluster_identifier", [])) == 0
}

deny contains {"subject": r.id, "path": ["logging", 0, "enable"], "msg": msg} if {
	r := input.terraform.aws_redshift_cluster[_]
	not redshift_logs(r)
	not redshift_unclear
	msg := sprintf("cluster `%s` logs neither connections nor statements; add aws_redshift_logging", [r.name])
}

unknown contains {"subject": r.id, "reason": "which cluster aws_redshift_logging is for is known only at apply"} if {
	r := input.terraform.aws_redshift_cluster[_]
	not redshift_logs(r)
	redshift_unclear
}

deny contains {"subject": r.id, "path": ["log_exports"], "msg": msg} if {
	r := input.terraform.aws_redshiftserverless_namespace[_]
	exports := lib.as_array(object.get(r.config, "log_exports", []))
	count([item | some item in exports; not lib.text(item) == "userlog"]) == 0
	msg := sprintf("namespace `%s` logs neither connections nor statements; set log_exports to connectionlog, useractivitylog and userlog", [r.name])
}

audited(r) if {
	options := r.config.log_publishing_options[_]
	is_object(options)
	not lib.text(options.log_type) in {"INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS", "ES_APPLICATION_LOGS"}
	not lib.falsy(object.get(options, "enabled", true))
}

deny contains {"subject": r.id, "path": ["log_publishing_options"], "msg": msg} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	r := input.terraform[type][_]
	not audited(r)
	msg := sprintf("domain `%s` publishes no audit log; add log_publishing_options with log_type AUDIT_LOGS", [r.name])
}

# RabbitMQ knows no audit log; its general log has the connections.
broker_log(r) := "general" if lower(lib.text(r.config.engine_type)) == "rabbitmq"

broker_log(r) := "audit" if lower(lib.text(r.config.engine_type)) == "activemq"

deny contains {"subject": r.id, "path": ["logs", 0, key], "msg": msg} if {
	r := input.terraform.aws_mq_broker[_]
	key := broker_log(r)
	not lib.truthy(object.get(r.config, ["logs", 0, key], false))
	msg := sprintf("broker `%s` writes no %s log; add logs { %s = true }", [r.name, key, key])
}

# Parameters that switch the engine's own audit log.
parameters := {
	"aws_db_parameter_group": {"log_connections", "log_disconnections", "pgaudit.log", "server_audit_logging"},
	"aws_rds_cluster_parameter_group": {"log_connections", "log_disconnections", "pgaudit.log", "server_audit_logging"},
	"aws_docdb_cluster_parameter_group": {"audit_logs"},
	"aws_neptune_cluster_parameter_group": {"neptune_enable_audit_log"},
	"aws_redshift_parameter_group": {"enable_user_activity_logging"},
}

# One such parameter: {r, i, name, value}.
switches contains {"r": r, "i": i, "name": object.get(parameter, "name", null), "value": object.get(parameter, "value", null)} if {
	some type, names in parameters
	r := input.terraform[type][_]
	parameter := r.config.parameter[i]
	is_object(parameter)
	lib.text(parameter.name) in names
}

applies contains found.r.id if some found in switches

# MySQL and MariaDB have it as an option.
options contains {"r": r, "path": ["option", i, "option_settings", j, "value"], "value": object.get(setting, "value", null)} if {
	r := input.terraform.aws_db_option_group[_]
	setting := r.config.option[i].option_settings[j]
	is_object(setting)
	lib.text(setting.name) == "SERVER_AUDIT_LOGGING"
}

applies contains found.r.id if some found in options

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in options
	lower(sprintf("%v", [found.value])) in {"0", "off"}
	msg := sprintf("SERVER_AUDIT_LOGGING of `%s` switches the database's audit log off; leave it ON", [found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "whether the audit log is on is known only at apply"} if {
	some found in options
	lib.is_unknown(found.value)
}

deny contains {"subject": found.r.id, "path": ["parameter", found.i, "value"], "msg": msg} if {
	some found in switches
	lower(sprintf("%v", [found.value])) in {"0", "off", "false", "none", "disabled"}
	msg := sprintf("%s of `%s` switches the database's audit log off; switch it on", [found.name, found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "whether the audit log is on is known only at apply"} if {
	some found in switches
	lib.is_unknown(found.value)
}

# Databases export the engine's own log of statements or connections.
applies contains r.id if {
	some type in ["aws_db_instance", "aws_rds_cluster"]
	r := input.terraform[type][_]
	not copied(r)
}

copied(r) if lib.present(r.config, "replicate_source_db")

deny contains {"subject": r.id, "path": ["enabled_cloudwatch_logs_exports"], "msg": msg} if {
	some type in ["aws_db_instance", "aws_rds_cluster"]
	r := input.terraform[type][_]
	r.id in applies
	count(lib.as_array(object.get(r.config, "enabled_cloudwatch_logs_exports", []))) == 0
	msg := sprintf("database `%s` exports no log; name its logs in enabled_cloudwatch_logs_exports", [r.name])
}

# MySQL and its kin log who did what in these two; the others tell of errors and slow statements.
deny contains {"subject": r.id, "path": ["enabled_cloudwatch_logs_exports"], "msg": msg, "confidence": "low"} if {
	some type in ["aws_db_instance", "aws_rds_cluster"]
	r := input.terraform[type][_]
	r.id in applies
	lower(lib.text(r.config.engine)) in {"mysql", "mariadb", "aurora", "aurora-mysql"}
	exports := lib.as_array(object.get(r.config, "enabled_cloudwatch_logs_exports", []))
	count(exports) > 0
	count([item | some item in exports; not lib.text(item) in {"error", "slowquery", "instance", "iam-db-auth-error"}]) == 0
	msg := sprintf("database `%s` exports no log of who did what; add \"audit\" to enabled_cloudwatch_logs_exports", [r.name])
}
