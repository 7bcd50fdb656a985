# METADATA
# title: A KMS key may be used by everyone
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_kms_key
#       - aws_kms_key_policy
#       - aws_kms_external_key
#       - aws_kms_replica_key
#       - aws_kms_replica_external_key
#       - aws_kms_grant
package paylint.rules.key_policy_open.terraform_aws

import data.paylint.lib

types := ["aws_kms_key", "aws_kms_key_policy", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"]

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
	for_everyone(statement)
	uses(statement)
	not names_callers(r.config.policy, statement)
	not obscure(r.config.policy, statement)
	not denied_to_others(r.config.policy)
	msg := sprintf("a statement of `%s` lets everyone use the key; name the principals, or add a condition such as kms:CallerAccount", [r.name])
}

for_everyone(statement) if lib.principal_is_everyone(statement.principals)

# Everyone but a few.
for_everyone(statement) if count(statement.not_principals) > 0

# Reading about a key, and checking signatures with it, gives nothing away.
harmless(action) if regex.match(`(?i)^kms:(?:Describe|List|GetKeyPolicy|GetKeyRotationStatus|GetPublicKey|Verify|VerifyMac)[A-Za-z]*\*?$`, action)

uses(statement) if some_use(statement)

uses(statement) if count(statement.not_actions) > 0

some_use(statement) if {
	some action in statement.actions
	not harmless(lib.text(action))
}

# --- conditions: {operator, key, values} of a statement, in lower case, from JSON and from blocks ---

conditions(policy, statement) := array.concat(json_conditions(raw), block_conditions(raw)) if {
	raw := object.get(policy, statement.path, {})
}

json_conditions(raw) := [{"operator": lower(operator), "key": lower(key), "values": lib.as_array(values)} |
	is_object(raw.Condition)
	tests := raw.Condition[operator]
	operator != "__unknown__"
	is_object(tests)
	values := tests[key]
	key != "__unknown__"
]

block_conditions(raw) := [{"operator": lower(lib.text(test.test)), "key": lower(lib.text(test.variable)), "values": lib.as_array(object.get(test, "values", []))} |
	test := lib.as_array(object.get(raw, "condition", []))[_]
]

# Keys that say how or for what the key is used, but not who uses it.
says_nothing_of_callers(key) if regex.match(`^(?:kms:(?:viaservice|grantisforawsresource|grantoperations|encryptioncontext.*|encryptionalgorithm|signingalgorithm|keyspec|keyusage|keyorigin|requestalias|resourcealiases|multiregion|granteeprincipal)|aws:(?:securetransport|requestedregion|currenttime|epochtime|multifactorauth.*|useragent|referer|tokenissuetime|requesttag/.*|tagkeys|resourcetag/.*))$`, key)

names_callers(policy, statement) if {
	some condition in conditions(policy, statement)
	not regex.match(`not|^null$`, condition.operator)
	not says_nothing_of_callers(condition.key)
	not anything(condition.values)
}

# A value that only apply knows is still somebody's; not so a condition of which not even the key is known.
obscure(policy, statement) if {
	raw := object.get(policy, statement.path, {})
	lib.is_unknown(raw.Condition)
}

obscure(policy, statement) if {
	raw := object.get(policy, statement.path, {})
	lib.is_unknown(raw.Condition[_])
}

anything(values) if regex.match(`^(?:\*+|0\.0\.0\.0/0|::/0)$`, lib.text(values[_]))

# Deny to all who are not of the organization, the account, ...: what is allowed besides is theirs alone.
denied_to_others(policy) if {
	some statement in lib.statements(policy)
	lower(lib.text(statement.effect)) == "deny"
	for_everyone(statement)
	lib.action_is_service_wide(statement.actions[_])
	some condition in conditions(policy, statement)
	regex.match(`not`, condition.operator)
	not says_nothing_of_callers(condition.key)
}

unknown contains {"subject": r.id, "reason": "its policy is known only at apply"} if {
	some type in types
	r := input.terraform[type][_]
	policy := object.get(r.config, "policy", {})
	maybe_open(policy)
}

maybe_open(policy) if lib.is_unknown(policy)

maybe_open(policy) if {
	some statement in lib.statements(policy)
	lib.allows(statement)
	may_be_everyone(statement.principals[_])
}

maybe_open(policy) if {
	some statement in lib.statements(policy)
	lib.allows(statement)
	for_everyone(statement)
	not names_callers(policy, statement)
	obscure(policy, statement)
}

# A role's ARN, or arn:aws:iam::${...}:root, is somebody, even where apply alone knows who.
may_be_everyone(principal) if {
	lib.is_unknown(principal)
	not principal.ref
	not startswith(lib.text(object.get(principal, "text", "")), "arn:")
}

# --- grants ---

applies contains r.id if r := input.terraform.aws_kms_grant[_]

deny contains {"subject": r.id, "path": ["grantee_principal"], "msg": msg} if {
	r := input.terraform.aws_kms_grant[_]
	lib.principal_is_everyone(r.config.grantee_principal)
	msg := sprintf("grant `%s` lets everyone use the key; name the role", [r.name])
}

unknown contains {"subject": r.id, "reason": "its grantee is known only at apply"} if {
	r := input.terraform.aws_kms_grant[_]
	lib.is_unknown(r.config.grantee_principal)
}
