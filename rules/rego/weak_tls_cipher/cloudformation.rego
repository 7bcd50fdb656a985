# METADATA
# title: A load balancer or file server offers weak cipher suites
# custom:
#   confidence: high
#   applies_to: {cloudformation: [AWS::ElasticLoadBalancing::LoadBalancer, AWS::ElasticLoadBalancingV2::Listener, AWS::Transfer::Server]}
package paylint.rules.weak_tls_cipher.cloudformation

import data.paylint.cfn
import data.paylint.lib

# Policies of one's own list suites, or name a predefined policy.
attributes contains entry if {
	r := input.cloudformation["AWS::ElasticLoadBalancing::LoadBalancer"][_]
	policy := r.config.Policies[i]
	policy.PolicyType == "SSLNegotiationPolicyType"
	a := policy.Attributes[j]
	is_object(a)
	entry := {"subject": r.id, "path": ["Policies", i, "Attributes", j], "name": a.Name, "value": a.Value}
}

applies contains attribute.subject if some attribute in attributes

weak(name) if {
	some pattern in data.settings.forbidden_ciphers
	regex.match(pattern, name)
}

deny contains {"subject": attribute.subject, "path": array.concat(attribute.path, ["Name"]), "msg": msg} if {
	some attribute in attributes
	lib.truthy(attribute.value)
	weak(lib.text(attribute.name))
	msg := sprintf("cipher suite %s is switched on; leave suites with AES-GCM only", [attribute.name])
}

# Of the predefined ones these still have 3DES or RC4.
deny contains {"subject": attribute.subject, "path": array.concat(attribute.path, ["Value"]), "msg": msg} if {
	some attribute in attributes
	attribute.name == "Reference-Security-Policy"
	regex.match(`^ELBSecurityPolicy-(?:2011-08|2014-01|TLS-1-0-2015-04)$`, lib.text(attribute.value))
	msg := sprintf("policy %s offers 3DES or RC4; use ELBSecurityPolicy-TLS-1-2-2017-01", [attribute.value])
}

unknown contains {"subject": r.id, "reason": "its cipher suites are known only at deployment"} if {
	r := input.cloudformation["AWS::ElasticLoadBalancing::LoadBalancer"][_]
	cfn.unclear(r.config, [["Policies", "*", "Attributes", "*", "Name"], ["Policies", "*", "Attributes", "*", "Value"]])
}

listeners contains r if {
	r := input.cloudformation["AWS::ElasticLoadBalancingV2::Listener"][_]
	lib.present(r.config, "SslPolicy")
}

applies contains r.id if some r in listeners

deny contains {"subject": r.id, "path": ["SslPolicy"], "msg": msg} if {
	some r in listeners
	count(cfn.bad(r.config, ["SslPolicy"], {"elbsecuritypolicy-tls-1-0-2015-04"})) > 0
	msg := sprintf("the policy of listener `%s` offers 3DES; use ELBSecurityPolicy-TLS13-1-2-2021-06", [r.name])
}

# The first policy for files, which is what a server without one gets, still signs and exchanges keys with SHA-1.
applies contains r.id if r := input.cloudformation["AWS::Transfer::Server"][_]

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": "low"} if {
	r := input.cloudformation["AWS::Transfer::Server"][_]
	found := cfn.bad(r.config, ["SecurityPolicyName"], {"", "transfersecuritypolicy-2018-11"})[_]
	msg := sprintf("server `%s` accepts key exchange and MACs with SHA-1 (TransferSecurityPolicy-2018-11); set SecurityPolicyName: TransferSecurityPolicy-2024-01", [r.name])
}
