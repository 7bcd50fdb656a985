# METADATA
# title: An origin, tenant or private endpoint of AWS accepts an old TLS version
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_api_gateway_rest_api
#       - aws_cloudfront_multitenant_distribution
#       - aws_cloudfront_vpc_origin
package paylint.rules.weak_tls_version.terraform_aws_endpoints

import data.paylint.blocks
import data.paylint.lib

# Type -> where a version or policy may be named, and what to write.
places := {
	"aws_api_gateway_rest_api": {["security_policy"]: "security_policy = \"TLS_1_2\""},
	"aws_cloudfront_multitenant_distribution": {
		["viewer_certificate", "*", "minimum_protocol_version"]: "minimum_protocol_version = \"TLSv1.2_2021\"",
		["origin", "*", "custom_origin_config", "*", "origin_ssl_protocols"]: "origin_ssl_protocols = [\"TLSv1.2\"]",
	},
	"aws_cloudfront_vpc_origin": {["vpc_origin_endpoint_config", "*", "origin_ssl_protocols", "*", "items"]: "items = [\"TLSv1.2\"]"},
}

named contains {"r": r, "path": found.path, "value": value, "good": good} if {
	some type, shapes in places
	r := input.terraform[type][_]
	some shape, good in shapes
	found := blocks.settings(r.config, shape)[_]
	value := lib.as_array(found.value)[_]
}

applies contains one.r.id if some one in named

deny contains {"subject": one.r.id, "path": one.path, "msg": msg} if {
	some one in named
	lib.tls_too_old(one.value)
	msg := sprintf("`%s` may speak an old version (%v); set %s", [one.r.name, one.value, one.good])
}

unknown contains {"subject": one.r.id, "reason": "its oldest TLS version is known only at apply"} if {
	some one in named
	lib.is_unknown(one.value)
}
