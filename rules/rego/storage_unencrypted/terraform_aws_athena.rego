# METADATA
# title: Athena asks for no encryption of its results, or lets clients decide
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [aws_athena_workgroup, aws_athena_database]}
package paylint.rules.storage_unencrypted.terraform_aws_athena

import data.paylint.lib

# Results are rows of the tables, and get whatever encryption the bucket has that they are written to.
applies contains r.id if {
	some type in ["aws_athena_workgroup", "aws_athena_database"]
	r := input.terraform[type][_]
}

result := ["configuration", 0, "result_configuration", 0]

# Athena's own storage for results is always encrypted.
managed(r) if lib.truthy(r.config.configuration[_].managed_query_results_configuration[_].enabled)

deny contains {"subject": r.id, "path": array.concat(result, ["encryption_configuration"]), "msg": msg} if {
	r := input.terraform.aws_athena_workgroup[_]
	not lib.present(object.get(r.config, result, {}), "encryption_configuration")
	not unclear(r)
	not managed(r)
	msg := sprintf("workgroup `%s` asks for no encryption of query results; add result_configuration with encryption_configuration", [r.name])
}

deny contains {"subject": r.id, "path": ["encryption_configuration"], "msg": msg} if {
	r := input.terraform.aws_athena_database[_]
	not lib.present(r.config, "encryption_configuration")
	not lib.present(r.config, "workgroup")
	msg := sprintf("database `%s` asks for no encryption of query results; add encryption_configuration", [r.name])
}

deny contains {"subject": r.id, "path": ["configuration", 0, "enforce_workgroup_configuration"], "msg": msg} if {
	r := input.terraform.aws_athena_workgroup[_]
	lib.falsy(r.config.configuration[_].enforce_workgroup_configuration)
	msg := sprintf("clients of workgroup `%s` may write results elsewhere and unencrypted; leave enforce_workgroup_configuration = true", [r.name])
}

unclear(r) if lib.is_unknown(object.get(r.config, ["configuration", 0], null))

unclear(r) if lib.is_unknown(object.get(r.config, result, null))

unclear(r) if lib.is_unknown(object.get(r.config, array.concat(result, ["encryption_configuration", 0]), null))

unknown contains {"subject": r.id, "reason": "how results are encrypted is known only at apply"} if {
	r := input.terraform.aws_athena_workgroup[_]
	unclear(r)
}

unknown contains {"subject": r.id, "reason": "whether clients may decide is known only at apply"} if {
	r := input.terraform.aws_athena_workgroup[_]
	lib.is_unknown(r.config.configuration[_].enforce_workgroup_configuration)
}
