# METADATA
# title: An AWS endpoint accepts an old TLS version
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_lb_listener
#       - aws_alb_listener
#       - aws_cloudfront_distribution
#       - aws_api_gateway_domain_name
#       - aws_elasticsearch_domain
#       - aws_opensearch_domain
#       - aws_load_balancer_policy
package paylint.rules.weak_tls_version.terraform_aws

import data.paylint.lib

listeners contains r if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	upper(lib.text(r.config.protocol)) in {"HTTPS", "TLS"}
}

applies contains r.id if some r in listeners

# Policies named after their oldest version, and those of 2015 and 2016, which go down to TLS 1.0.
old_policy(name) if regex.match(`^ELBSecurityPolicy-(?:2015-|2016-08$|FS-2018-06$|TLS-1-[01]-|FS-1-1-|TLS13-1-[01]-)`, name)

deny contains {"subject": r.id, "path": ["ssl_policy"], "msg": msg} if {
	some r in listeners
	name := lib.text(r.config.ssl_policy)
	old_policy(name)
	msg := sprintf("policy %s still accepts TLS 1.0 or 1.1; use ELBSecurityPolicy-TLS13-1-2-2021-06", [name])
}

# What the provider sets where nothing is written goes down to TLS 1.0.
deny contains {"subject": r.id, "path": ["ssl_policy"], "msg": msg} if {
	some r in listeners
	not lib.present(r.config, "ssl_policy")
	msg := "without ssl_policy the listener gets ELBSecurityPolicy-2016-08, which accepts TLS 1.0; name ELBSecurityPolicy-TLS13-1-2-2021-06"
}

applies contains r.id if {
	r := input.terraform.aws_cloudfront_distribution[_]
	lib.present(r.config, "viewer_certificate")
}

deny contains {"subject": r.id, "path": ["viewer_certificate", 0, "minimum_protocol_version"], "msg": msg} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	version := lib.text(r.config.viewer_certificate[0].minimum_protocol_version)
	not lib.truthy(r.config.viewer_certificate[0].cloudfront_default_certificate)
	lib.tls_too_old(version)
	msg := sprintf("viewers may connect with %s; set minimum_protocol_version = \"TLSv1.2_2021\"", [version])
}

deny contains {"subject": r.id, "path": ["viewer_certificate", 0, "minimum_protocol_version"], "msg": msg} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	certificate := r.config.viewer_certificate[0]
	not lib.truthy(certificate.cloudfront_default_certificate)
	not lib.present(certificate, "minimum_protocol_version")
	msg := "without minimum_protocol_version viewers may connect with TLSv1; set \"TLSv1.2_2021\""
}

deny contains {"subject": r.id, "path": ["viewer_certificate", 0, "cloudfront_default_certificate"], "msg": msg} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	lib.truthy(r.config.viewer_certificate[0].cloudfront_default_certificate)
	msg := "with CloudFront's own certificate the minimum is TLSv1, whatever is set; use a certificate of your own with TLSv1.2_2021"
}

deny contains {"subject": r.id, "path": ["origin", i, "custom_origin_config", 0, "origin_ssl_protocols"], "msg": msg} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	version := r.config.origin[i].custom_origin_config[0].origin_ssl_protocols[_]
	lib.tls_too_old(version)
	msg := sprintf("CloudFront may speak %v to the origin; leave TLSv1.2 only", [version])
}

applies contains r.id if {
	r := input.terraform.aws_api_gateway_domain_name[_]
	lib.present(r.config, "security_policy")
}

deny contains {"subject": r.id, "path": ["security_policy"], "msg": msg} if {
	r := input.terraform.aws_api_gateway_domain_name[_]
	lib.tls_too_old(r.config.security_policy)
	msg := sprintf("%v is accepted; set security_policy = \"TLS_1_2\"", [r.config.security_policy])
}

applies contains r.id if {
	some type in ["aws_elasticsearch_domain", "aws_opensearch_domain"]
	r := input.terraform[type][_]
	lib.present(r.config, "domain_endpoint_options")
}

deny contains {"subject": r.id, "path": ["domain_endpoint_options", 0, "tls_security_policy"], "msg": msg} if {
	some type in ["aws_elasticsearch_domain", "aws_opensearch_domain"]
	r := input.terraform[type][_]
	options := r.config.domain_endpoint_options[0]
	policy := object.get(options, "tls_security_policy", "Policy-Min-TLS-1-0-2019-07")
	policy == "Policy-Min-TLS-1-0-2019-07"
	msg := "the endpoint accepts TLS 1.0; set tls_security_policy = \"Policy-Min-TLS-1-2-PFS-2023-10\""
}

applies contains r.id if {
	r := input.terraform.aws_load_balancer_policy[_]
	r.config.policy_type_name == "SSLNegotiationPolicyType"
}

deny contains {"subject": r.id, "path": ["policy_attribute", i, "name"], "msg": msg} if {
	r := input.terraform.aws_load_balancer_policy[_]
	r.id in applies
	attribute := r.config.policy_attribute[i]
	regex.match(`^Protocol-`, attribute.name)
	lib.tls_too_old(attribute.name)
	lib.truthy(attribute.value)
	msg := sprintf("%s is switched on; leave Protocol-TLSv1.2 only", [attribute.name])
}

unknown contains {"subject": r.id, "reason": "its protocol or policy is known only at apply"} if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	some key in ["protocol", "ssl_policy"]
	lib.is_unknown(r.config[key])
}
