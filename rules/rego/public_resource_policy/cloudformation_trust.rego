# METADATA
# title: A network's endpoint or a role's trust is open to more than its own
# custom: {confidence: medium, severity: medium, applies_to: {cloudformation: [AWS::EC2::VPCEndpoint, AWS::IAM::Role]}}
package paylint.rules.public_resource_policy.cloudformation_trust

import data.paylint.lib

# Through an endpoint whose policy allows everything, data leaves for anybody's bucket or queue, past all firewalls. The same is
# so where no policy is written.
endpoints contains r if {
	r := input.cloudformation["AWS::EC2::VPCEndpoint"][_]
	lib.present(r.config, "PolicyDocument")
}

applies contains r.id if some r in endpoints

deny contains {"subject": r.id, "path": array.concat(["PolicyDocument"], statement.path), "msg": msg, "severity": "low"} if {
	some r in endpoints
	some statement in lib.statements(r.config.PolicyDocument)
	lib.lets_everyone_in(r.config.PolicyDocument, statement)
	lib.action_is_service_wide(statement.actions[_])
	regex.match(`^\*+$`, lib.text(statement.resources[_]))
	msg := sprintf("endpoint `%s` lets everybody in the network do everything with everybody's resources; name your resources, or add a condition on aws:ResourceAccount", [r.name])
}

unknown contains {"subject": r.id, "reason": "its policy is known only at deployment"} if {
	some r in endpoints
	lib.is_unknown(r.config.PolicyDocument)
}

# Providers of tokens that everybody can have: which application a token is for has to be asked.
providers := {
	"accounts.google.com": "accounts.google.com:aud",
	"cognito-identity.amazonaws.com": "cognito-identity.amazonaws.com:aud",
	"graph.facebook.com": "graph.facebook.com:app_id",
	"www.amazon.com": "www.amazon.com:app_id",
}

trusts contains {"r": r, "statement": statement, "asked": asked} if {
	r := input.cloudformation["AWS::IAM::Role"][_]
	some statement in lib.statements(r.config.AssumeRolePolicyDocument)
	lib.allows_action(statement, "sts:AssumeRoleWithWebIdentity")
	asked := providers[lib.text(statement.principals[_])]
}

applies contains trust.r.id if some trust in trusts

deny contains {"subject": trust.r.id, "path": array.concat(["AssumeRolePolicyDocument"], trust.statement.path), "msg": msg, "severity": "high"} if {
	some trust in trusts
	condition := object.get(trust.r.config.AssumeRolePolicyDocument, array.concat(trust.statement.path, ["Condition"]), {})
	not lib.has_unknown(condition)
	not asks(condition, trust.asked)
	msg := sprintf("users of anybody's application may take role `%s`; add a condition on %s that names yours", [trust.r.name, trust.asked])
}

asks(condition, asked) if {
	limits := condition[_]
	is_object(limits)
	some key, _ in limits
	lower(key) == asked
}

asks(condition, _) if {
	limits := condition[_]
	is_object(limits)
	some key, _ in limits
	regex.match(`:(?:sub|oaud|user_id|id)$`, lower(key))
}

unknown contains {"subject": trust.r.id, "reason": "the condition of its trust is known only at deployment"} if {
	some trust in trusts
	condition := object.get(trust.r.config.AssumeRolePolicyDocument, array.concat(trust.statement.path, ["Condition"]), {})
	not asks(condition, trust.asked)
	lib.has_unknown(condition)
}
