# METADATA
# title: A KMS key may be used by everyone
# custom: {confidence: high, applies_to: {terraform: [aws_kms_key, aws_kms_key_policy, aws_kms_external_key, aws_kms_replica_key]}}
package paylint.rules.key_policy_open.terraform_aws

import data.paylint.lib

types := ["aws_kms_key", "aws_kms_key_policy", "aws_kms_external_key", "aws_kms_replica_key"]

applies contains r.id if {
	some type in types
	r := input.terraform[type][_]
	lib.present(r.config, "policy")
}

deny contains {"subject": r.id, "path": array.concat(["policy"], statement.path), "msg": msg} if {
	some type in types
	r := input.terraform[type][_]
	some statement in lib.statements(r.config.policy)
	lib.allows(statement)
	lib.principal_is_everyone(statement.principals)
	not statement.conditional
	msg := sprintf("a statement of `%s` lets everyone use the key; name the principals, or add a condition such as kms:CallerAccount", [r.name])
}

unknown contains {"subject": r.id, "reason": "its policy is known only at apply"} if {
	some type in types
	r := input.terraform[type][_]
	lib.is_unknown(r.config.policy)
}
