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
#       - aws_apigatewayv2_domain_name
#       - aws_iot_domain_configuration
#       - aws_cloudsearch_domain
#       - aws_elasticsearch_domain
#       - aws_opensearch_domain
#   reads:
#     - [viewer_certificate, "*", minimum_protocol_version]
#     - [viewer_certificate, "*", cloudfront_default_certificate]
#     - [origin, "*", custom_origin_config, "*", origin_ssl_protocols]
#     - [domain_endpoint_options, "*", tls_security_policy]
package paylint.rules.weak_tls_version.terraform_aws

import data.paylint.blocks
import data.paylint.lib

listeners contains r if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	upper(lib.text(r.config.protocol)) in {"HTTPS", "TLS"}
}

applies contains r.id if some r in listeners

# Policies named after their oldest version, and those until 2016, which go down to TLS 1.0.
old_policy(name) if regex.match(`^ELBSecurityPolicy-(?:201[0-5]-|2016-08$|FS-2018-06$|TLS-1-[01]-|FS-1-1-|TLS13-1-[01]-)`, name)

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

applies contains r.id if {
	r := input.terraform.aws_cloudfront_distribution[_]
	lib.present(r.config.origin[_].custom_origin_config[_], "origin_ssl_protocols")
}

deny contains {"subject": r.id, "path": ["origin", i, "custom_origin_config", 0, "origin_ssl_protocols"], "msg": msg} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	settings := r.config.origin[i].custom_origin_config[0]
	not settings.origin_protocol_policy == "http-only"
	version := settings.origin_ssl_protocols[_]
	lib.tls_too_old(version)
	msg := sprintf("CloudFront may speak %v to the origin; leave TLSv1.2 only", [version])
}

# Where these leave it out, AWS decides, and decides for 1.2.
named := {
	"aws_api_gateway_domain_name": {"at": ["security_policy"], "good": "TLS_1_2"},
	"aws_apigatewayv2_domain_name": {"at": ["domain_name_configuration", "*", "security_policy"], "good": "TLS_1_2"},
	"aws_iot_domain_configuration": {"at": ["tls_config", "*", "security_policy"], "good": "IotSecurityPolicy_TLS13_1_2_2022_10"},
}

policies contains {"subject": r.id, "path": found.path, "value": found.value, "good": setting.good} if {
	some type, setting in named
	r := input.terraform[type][_]
	found := blocks.settings(r.config, setting.at)[_]
	found.value != null
}

applies contains policy.subject if some policy in policies

deny contains {"subject": policy.subject, "path": policy.path, "msg": msg} if {
	some policy in policies
	lib.tls_too_old(policy.value)
	msg := sprintf("%v accepts TLS 1.0 or 1.1; set security_policy = \"%s\"", [policy.value, policy.good])
}

unknown contains {"subject": policy.subject, "reason": "its TLS policy is known only at apply"} if {
	some policy in policies
	lib.is_unknown(policy.value)
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
	is_object(options)
	policy := object.get(options, "tls_security_policy", "Policy-Min-TLS-1-0-2019-07")
	policy == "Policy-Min-TLS-1-0-2019-07"
	msg := "the endpoint accepts TLS 1.0; set tls_security_policy = \"Policy-Min-TLS-1-2-PFS-2023-10\""
}

applies contains r.id if r := input.terraform.aws_cloudsearch_domain[_]

deny contains {"subject": r.id, "path": ["endpoint_options", 0, "tls_security_policy"], "msg": msg} if {
	r := input.terraform.aws_cloudsearch_domain[_]
	object.get(r.config, ["endpoint_options", 0, "tls_security_policy"], "Policy-Min-TLS-1-0-2019-07") == "Policy-Min-TLS-1-0-2019-07"
	msg := "the endpoint accepts TLS 1.0; set tls_security_policy = \"Policy-Min-TLS-1-2-2019-07\" in endpoint_options"
}

unknown contains {"subject": r.id, "reason": "its protocol or policy is known only at apply"} if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	some key in ["protocol", "ssl_policy"]
	lib.is_unknown(r.config[key])
}
