# METADATA
# title: An AWS service logs some of what is done with it, not all
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [aws_eks_cluster, aws_api_gateway_method_settings, aws_mwaa_environment]}
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
