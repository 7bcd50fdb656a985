# METADATA
# title: An AWS load balancer or file server offers weak cipher suites
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_alb_listener
#       - aws_lb_listener
#       - aws_lb_ssl_negotiation_policy
#       - aws_load_balancer_policy
#       - aws_transfer_server
package paylint.rules.weak_tls_cipher.terraform_aws

import data.paylint.lib

# Policies of a classic balancer list suites, or name a predefined policy.
attributes contains entry if {
	r := input.terraform.aws_load_balancer_policy[_]
	r.config.policy_type_name == "SSLNegotiationPolicyType"
	a := r.config.policy_attribute[i]
	is_object(a)
	entry := {"subject": r.id, "path": ["policy_attribute", i], "name": object.get(a, "name", null), "value": object.get(a, "value", null)}
}

attributes contains entry if {
	r := input.terraform.aws_lb_ssl_negotiation_policy[_]
	a := r.config.attribute[i]
	is_object(a)
	entry := {"subject": r.id, "path": ["attribute", i], "name": object.get(a, "name", null), "value": object.get(a, "value", null)}
}

applies contains attribute.subject if some attribute in attributes

deny contains {"subject": attribute.subject, "path": array.concat(attribute.path, ["name"]), "msg": msg} if {
	some attribute in attributes
	lib.truthy(attribute.value)
	lib.cipher_forbidden(attribute.name)
	msg := sprintf("cipher suite %s is switched on; leave suites with AES-GCM only", [attribute.name])
}

# Of the predefined ones these still have 3DES or RC4.
deny contains {"subject": attribute.subject, "path": array.concat(attribute.path, ["value"]), "msg": msg} if {
	some attribute in attributes
	attribute.name == "Reference-Security-Policy"
	has_triple_des(attribute.value)
	msg := sprintf("policy %s offers 3DES or RC4; use ELBSecurityPolicy-TLS-1-2-2017-01", [attribute.value])
}

has_triple_des(name) if regex.match(`^ELBSecurityPolicy-(?:2011-08|2014-01|TLS-1-0-2015-04)$`, lib.text(name))

unknown contains {"subject": attribute.subject, "reason": "its cipher suites are known only at apply"} if {
	some attribute in attributes
	some part in [attribute.name, attribute.value]
	lib.is_unknown(part)
}

listeners contains r if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	lib.present(r.config, "ssl_policy")
}

applies contains r.id if some r in listeners

deny contains {"subject": r.id, "path": ["ssl_policy"], "msg": msg} if {
	some r in listeners
	has_triple_des(r.config.ssl_policy)
	msg := sprintf("the policy of listener `%s` offers 3DES; use ELBSecurityPolicy-TLS13-1-2-2021-06", [r.name])
}

unknown contains {"subject": r.id, "reason": "its policy is known only at apply"} if {
	some r in listeners
	lib.is_unknown(r.config.ssl_policy)
}

# The first policy for files, which is what a server without one gets, still signs and exchanges keys with SHA-1.
applies contains r.id if r := input.terraform.aws_transfer_server[_]

deny contains {"subject": r.id, "path": ["security_policy_name"], "msg": msg, "severity": "low"} if {
	r := input.terraform.aws_transfer_server[_]
	object.get(r.config, "security_policy_name", "TransferSecurityPolicy-2018-11") == "TransferSecurityPolicy-2018-11"
	msg := sprintf("server `%s` accepts key exchange and MACs with SHA-1 (TransferSecurityPolicy-2018-11); set security_policy_name = \"TransferSecurityPolicy-2024-01\"", [r.name])
}

unknown contains {"subject": r.id, "reason": "its policy is known only at apply"} if {
	r := input.terraform.aws_transfer_server[_]
	lib.is_unknown(r.config.security_policy_name)
}
