# METADATA
# title: A classic load balancer, or one that Elastic Beanstalk makes, accepts an old TLS version
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_elb
#       - aws_load_balancer_policy
#       - aws_lb_ssl_negotiation_policy
#       - aws_elastic_beanstalk_environment
#       - aws_elastic_beanstalk_configuration_template
package paylint.rules.weak_tls_version.terraform_aws_elb

import data.paylint.lib

# Policies of one's own: a list of protocols, or the name of a predefined policy.
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
	startswith(lib.text(attribute.name), "Protocol-")
	lib.tls_too_old(attribute.name)
	lib.truthy(attribute.value)
	msg := sprintf("%s is switched on; leave Protocol-TLSv1.2 only", [attribute.name])
}

old_policy(name) if regex.match(`^ELBSecurityPolicy-(?:201[0-6]-|FS-2018-06$|TLS-1-[01]-|FS-1-1-|TLS13-1-[01]-)`, name)

deny contains {"subject": attribute.subject, "path": array.concat(attribute.path, ["value"]), "msg": msg} if {
	some attribute in attributes
	attribute.name == "Reference-Security-Policy"
	old_policy(lib.text(attribute.value))
	msg := sprintf("policy %s still accepts TLS 1.0 or 1.1; use ELBSecurityPolicy-TLS-1-2-2017-01", [attribute.value])
}

unknown contains {"subject": attribute.subject, "reason": "its protocols are known only at apply"} if {
	some attribute in attributes
	some part in [attribute.name, attribute.value]
	lib.is_unknown(part)
}

# A TLS listener to which no policy is tied gets ELBSecurityPolicy-2016-08, which accepts TLS 1.0.
applies contains r.id if {
	r := input.terraform.aws_elb[_]
	lower(lib.text(r.config.listener[_].lb_protocol)) in {"https", "ssl"}
}

ties := {"aws_load_balancer_listener_policy": "load_balancer_name", "aws_lb_ssl_negotiation_policy": "load_balancer"}

has_policy(elb) if {
	some type, key in ties
	tie := input.terraform[type][_]
	lib.refers(tie, key, elb)
}

# Names of other balancers are names; what is not known may be this one.
may_have_policy(elb) if {
	not has_policy(elb)
	some type, key in ties
	tie := input.terraform[type][_]
	lib.is_unknown(tie.config[key])
	not refers_elsewhere(tie, key)
}

refers_elsewhere(tie, key) if {
	other := input.terraform.aws_elb[_]
	lib.refers(tie, key, other)
}

deny contains {"subject": r.id, "path": ["listener", i, "lb_protocol"], "msg": msg, "confidence": "medium"} if {
	r := input.terraform.aws_elb[_]
	lower(lib.text(r.config.listener[i].lb_protocol)) in {"https", "ssl"}
	not has_policy(r)
	not may_have_policy(r)
	msg := sprintf("no TLS policy is tied to `%s`, so it gets ELBSecurityPolicy-2016-08, which accepts TLS 1.0; tie ELBSecurityPolicy-TLS-1-2-2017-01 to its port", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether a TLS policy is tied to it is known only at apply"} if {
	r := input.terraform.aws_elb[_]
	r.id in applies
	may_have_policy(r)
}

# Elastic Beanstalk: an option of the listeners of its balancer.
options contains entry if {
	some type in ["aws_elastic_beanstalk_environment", "aws_elastic_beanstalk_configuration_template"]
	r := input.terraform[type][_]
	option := r.config.setting[i]
	regex.match(`^aws:elbv2:listener(?::|$)`, lib.text(option.namespace))
	option.name == "SSLPolicy"
	entry := {"subject": r.id, "path": ["setting", i, "value"], "value": option.value}
}

applies contains option.subject if some option in options

deny contains {"subject": option.subject, "path": option.path, "msg": msg} if {
	some option in options
	old_policy(lib.text(option.value))
	msg := sprintf("policy %s still accepts TLS 1.0 or 1.1; use ELBSecurityPolicy-TLS13-1-2-2021-06", [option.value])
}

unknown contains {"subject": option.subject, "reason": "its TLS policy is known only at apply"} if {
	some option in options
	lib.is_unknown(option.value)
}
