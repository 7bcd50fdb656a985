# METADATA
# title: Parameters of an AWS database let clients connect without TLS
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_db_parameter_group
#       - aws_rds_cluster_parameter_group
#       - aws_redshift_parameter_group
#       - aws_docdb_cluster_parameter_group
#       - aws_neptune_cluster_parameter_group
#       - aws_redshiftserverless_workgroup
#       - aws_db_proxy
#       - aws_db_option_group
package paylint.rules.cleartext_transport.terraform_aws_parameters

import data.paylint.blocks
import data.paylint.lib

parameter_groups := ["aws_db_parameter_group", "aws_rds_cluster_parameter_group", "aws_redshift_parameter_group", "aws_docdb_cluster_parameter_group", "aws_neptune_cluster_parameter_group"]

tls_parameters := {"rds.force_ssl", "require_secure_transport", "require_ssl", "tls", "neptune_enforce_ssl"}

applies contains r.id if {
	some type in parameter_groups
	r := input.terraform[type][_]
	r.config.parameter[_].name in tls_parameters
}

deny contains {"subject": r.id, "path": ["parameter", i, "value"], "msg": msg} if {
	some type in parameter_groups
	r := input.terraform[type][_]
	parameter := r.config.parameter[i]
	parameter.name in tls_parameters
	lower(sprintf("%v", [parameter.value])) in {"0", "off", "false", "disabled"}
	msg := sprintf("%s is switched off: clients may connect without TLS", [parameter.name])
}

# A Redshift cluster of this family takes clients without TLS unless its parameters say no.
applies contains r.id if {
	r := input.terraform.aws_redshift_parameter_group[_]
	r.config.family == "redshift-1.0"
}

deny contains {"subject": r.id, "path": ["require_ssl"], "msg": msg} if {
	r := input.terraform.aws_redshift_parameter_group[_]
	r.config.family == "redshift-1.0"
	not maybe_requires_ssl(r)
	msg := sprintf("without require_ssl clusters with `%s` take clients without TLS; add the parameter with value \"true\"", [r.name])
}

maybe_requires_ssl(r) if r.config.parameter[_].name == "require_ssl"

maybe_requires_ssl(r) if lib.has_unknown(object.get(r.config, "parameter", []))

unknown contains {"subject": r.id, "reason": "its parameters are known only at apply"} if {
	some type in parameter_groups
	r := input.terraform[type][_]
	r.id in applies
	lib.has_unknown(object.get(r.config, "parameter", []))
}

# Redshift Serverless has its parameters in the workgroup.
applies contains r.id if {
	r := input.terraform.aws_redshiftserverless_workgroup[_]
	r.config.config_parameter[_].parameter_key == "require_ssl"
}

deny contains {"subject": r.id, "path": ["config_parameter", i, "parameter_value"], "msg": msg} if {
	r := input.terraform.aws_redshiftserverless_workgroup[_]
	parameter := r.config.config_parameter[i]
	parameter.parameter_key == "require_ssl"
	not blocks.spelled(parameter.parameter_value) == "true"
	msg := sprintf("workgroup `%s` takes clients without TLS; set require_ssl to \"true\"", [r.name])
}

# A proxy takes clients without TLS unless told otherwise.
applies contains r.id if r := input.terraform.aws_db_proxy[_]

deny contains {"subject": r.id, "path": ["require_tls"], "msg": msg} if {
	r := input.terraform.aws_db_proxy[_]
	not lib.truthy(object.get(r.config, "require_tls", null))
	msg := sprintf("proxy `%s` takes clients without TLS; set require_tls = true", [r.name])
}

# Oracle's own encryption, where its TLS is not used.
native contains {"r": r, "path": ["option", i, "option_settings", j, "value"], "value": object.get(setting, "value", null)} if {
	r := input.terraform.aws_db_option_group[_]
	setting := r.config.option[i].option_settings[j]
	setting.name == "SQLNET.ENCRYPTION_SERVER"
}

applies contains found.r.id if some found in native

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in native
	upper(lib.text(found.value)) == "REJECTED"
	msg := sprintf("`%s` refuses to encrypt connections; set SQLNET.ENCRYPTION_SERVER to REQUIRED", [found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "whether it encrypts connections is known only at apply"} if {
	some found in native
	lib.is_unknown(found.value)
}
