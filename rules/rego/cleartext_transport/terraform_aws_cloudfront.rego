# METADATA
# title: CloudFront serves viewers, or reads from its origin, without TLS
# custom:
#   confidence: medium
#   applies_to: {terraform: [aws_cloudfront_distribution]}
#   reads:
#     - [default_cache_behavior, "*", viewer_protocol_policy]
#     - [ordered_cache_behavior, "*", viewer_protocol_policy]
#     - [cache_behavior, "*", viewer_protocol_policy]
#     - [origin, "*", custom_origin_config, "*", origin_protocol_policy]
package paylint.rules.cleartext_transport.terraform_aws_cloudfront

import data.paylint.lib

# The last is the name ordered_cache_behavior had in old versions of the provider.
behaviors := ["default_cache_behavior", "ordered_cache_behavior", "cache_behavior"]

applies contains r.id if r := input.terraform.aws_cloudfront_distribution[_]

deny contains {"subject": r.id, "path": array.concat(path, ["viewer_protocol_policy"]), "msg": msg} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	some key in behaviors
	r.config[key][i].viewer_protocol_policy == "allow-all"
	path := [key, i]
	msg := "viewers may use plain HTTP; set viewer_protocol_policy = \"redirect-to-https\" or \"https-only\""
}

deny contains {"subject": r.id, "path": ["origin", i, "custom_origin_config", 0, "origin_protocol_policy"], "msg": msg} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	policy := r.config.origin[i].custom_origin_config[0].origin_protocol_policy
	speaks_http(policy, r.config)
	not static_site(r.config.origin[i])
	not maybe_static_site(r.config.origin[i])
	msg := sprintf("CloudFront may speak plain HTTP to the origin (%s); set https-only", [policy])
}

speaks_http(policy, _) if policy == "http-only"

# Viewers who must use HTTPS make the connection to the origin HTTPS too.
speaks_http(policy, config) if {
	policy == "match-viewer"
	some key in behaviors
	config[key][_].viewer_protocol_policy == "allow-all"
}

# S3's website endpoints know no TLS.
static_site(origin) if regex.match(`s3-website[.-]`, lib.text(origin.domain_name))

static_site(origin) if {
	lib.is_unknown(origin.domain_name)
	some key in ["attr", "text"]
	regex.match(`website`, lib.text(origin.domain_name[key]))
}

# The name of a balancer is none of S3's, even where apply alone knows it; what has no name at all may be.
maybe_static_site(origin) if {
	lib.is_unknown(origin.domain_name)
	not static_site(origin)
	not origin.domain_name.ref
}

unknown contains {"subject": r.id, "reason": "whether its origin can speak TLS is known only at apply"} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	origin := r.config.origin[_]
	speaks_http(origin.custom_origin_config[_].origin_protocol_policy, r.config)
	maybe_static_site(origin)
}
