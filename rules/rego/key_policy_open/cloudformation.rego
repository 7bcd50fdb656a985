# METADATA
# title: A KMS key may be used by everyone
# custom:
#   confidence: high
#   applies_to: {cloudformation: [AWS::KMS::Key, AWS::KMS::ReplicaKey]}
package paylint.rules.key_policy_open.cloudformation

import data.paylint.cfn
import data.paylint.lib

keys := cfn.all(["AWS::KMS::Key", "AWS::KMS::ReplicaKey"])

applies contains r.id if {
	some r in keys
	lib.present(r.config, "KeyPolicy")
}

deny contains {"subject": r.id, "path": array.concat(["KeyPolicy"], statement.path), "msg": msg} if {
	some r in keys
	some statement in lib.statements(r.config.KeyPolicy)
	lib.allows(statement)
	for_everyone(statement)
	uses(statement)
	not names_callers(r.config.KeyPolicy, statement)
	not obscure(r.config.KeyPolicy, statement)
	not denied_to_others(r.config.KeyPolicy)
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

# --- conditions: {operator, key, values} of a statement, in lower case, one each ---

conditions(policy, statement) := json_conditions(raw) if {
	raw := object.get(policy, statement.path, {})
}

json_conditions(raw) := [{"operator": lower(operator), "key": lower(key), "values": lib.as_array(values)} |
	tests := raw.Condition[operator]
	is_string(operator)
	operator != "__unknown__"
	values := tests[key]
	is_string(key)
	key != "__unknown__"
]

# Keys that say how or for what the key is used, but not who uses it.
says_nothing_of_callers(key) if regex.match(`^(?:kms:(?:viaservice|grantisforawsresource|grantoperations|encryptioncontext.*|encryptionalgorithm|signingalgorithm|keyspec|keyusage|keyorigin|requestalias|resourcealiases|multiregion|granteeprincipal)|aws:(?:securetransport|requestedregion|currenttime|epochtime|multifactorauth.*|useragent|referer|tokenissuetime|requesttag/.*|tagkeys|resourcetag/.*))$`, key)

names_callers(policy, statement) if {
	some condition in conditions(policy, statement)
	not regex.match(`not|^null$`, condition.operator)
	not says_nothing_of_callers(condition.key)
	not anything(condition.values)
}

# A value that only the deployment knows is still somebody's; not so a condition of which not even the key is known.
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

unknown contains {"subject": r.id, "reason": "its policy is known only at deployment"} if {
	some r in keys
	policy := object.get(r.config, "KeyPolicy", {})
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

# A role's ARN, or arn:aws:iam::${...}:root, is somebody, even where the deployment alone knows who.
may_be_everyone(principal) if {
	lib.is_unknown(principal)
	not cfn.somebody(principal)
}
