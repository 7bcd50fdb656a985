# METADATA
# title: An AWS service logs some of what is done with it, not all
# custom:
#   severity: low
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_eks_cluster
#       - aws_api_gateway_method_settings
#       - aws_mwaa_environment
#       - aws_docdb_cluster_parameter_group
#       - aws_neptune_cluster_parameter_group
#       - aws_redshift_parameter_group
#   reads: [[enabled_cluster_log_types]]
package paylint.rules.audit_logging_off.terraform_aws_details

import data.paylint.blocks
import data.paylint.lib

# Without "audit", the lack of it is told by the rule about clusters.
clusters contains {"r": r, "types": types} if {
	r := input.terraform.aws_eks_cluster[_]
	types := lib.as_array(object.get(r.config, "enabled_cluster_log_types", []))
	"audit" in types
}

applies contains cluster.r.id if some cluster in clusters

deny contains {"subject": cluster.r.id, "path": ["enabled_cluster_log_types"], "msg": msg} if {
	some cluster in clusters
	count([1 | some type in cluster.types; lib.is_unknown(type)]) == 0
	missing := [type | some type in ["api", "authenticator"]; not type in cluster.types]
	count(missing) > 0
	msg := sprintf("cluster `%s` does not log %s: who logged in, or what was asked, is told in part; add it to enabled_cluster_log_types", [cluster.r.name, concat(" and ", missing)])
}

# Calls of an API, and what became of them. Off where nothing is written.
applies contains r.id if r := input.terraform.aws_api_gateway_method_settings[_]

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.terraform.aws_api_gateway_method_settings[_]
	found := blocks.bad(r.config, ["settings", "*", "logging_level"], {"", "off"})[_]
	msg := sprintf("`%s` logs no calls that fail; set logging_level = \"ERROR\" or \"INFO\"", [r.name])
}

# What people did in Airflow's pages.
applies contains r.id if r := input.terraform.aws_mwaa_environment[_]

webserver := ["logging_configuration", 0, "webserver_logs", 0, "enabled"]

unclear(r) if {
	some length in [2, 4, 5]
	lib.is_unknown(object.get(r.config, array.slice(webserver, 0, length), null))
}

deny contains {"subject": r.id, "path": webserver, "msg": msg} if {
	r := input.terraform.aws_mwaa_environment[_]
	not lib.truthy(object.get(r.config, webserver, null))
	not unclear(r)
	msg := sprintf("`%s` keeps no log of who used its web pages; set logging_configuration.webserver_logs.enabled = true", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether its web server logs is known only at apply"} if {
	r := input.terraform.aws_mwaa_environment[_]
	unclear(r)
}

# Parameters that must be switched on before the audit log holds anything; off where they are left out.
parameters := {
	"aws_docdb_cluster_parameter_group": {"name": "audit_logs", "value": "enabled"},
	"aws_neptune_cluster_parameter_group": {"name": "neptune_enable_audit_log", "value": "1"},
	"aws_redshift_parameter_group": {"name": "enable_user_activity_logging", "value": "true"},
}

groups contains {"r": r, "parameter": parameter} if {
	some type, parameter in parameters
	r := input.terraform[type][_]
}

applies contains group.r.id if some group in groups

sets(group) if group.r.config.parameter[_].name == group.parameter.name

deny contains {"subject": group.r.id, "path": [], "msg": msg} if {
	some group in groups
	not sets(group)
	not lib.has_unknown(object.get(group.r.config, "parameter", []))
	msg := sprintf("`%s` leaves %s off, without which the log does not tell who did what; add the parameter with value \"%s\"", [group.r.name, group.parameter.name, group.parameter.value])
}

unknown contains {"subject": group.r.id, "reason": "its parameters are known only at apply"} if {
	some group in groups
	not sets(group)
	lib.has_unknown(object.get(group.r.config, "parameter", []))
}
