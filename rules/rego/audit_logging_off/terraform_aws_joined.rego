# METADATA
# title: No log is declared for an AWS bucket, firewall or zone
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_s3_bucket
#       - aws_networkfirewall_firewall
#       - aws_wafv2_web_acl
#       - aws_route53_zone
package paylint.rules.audit_logging_off.terraform_aws_joined

import data.paylint.aws
import data.paylint.lib

# The log is a resource of its own that names what it is about.
logs := {
	"aws_s3_bucket": {"by": "aws_s3_bucket_logging", "key": "bucket", "confidence": "low"},
	"aws_networkfirewall_firewall": {"by": "aws_networkfirewall_logging_configuration", "key": "firewall_arn", "confidence": "medium"},
	"aws_wafv2_web_acl": {"by": "aws_wafv2_web_acl_logging_configuration", "key": "resource_arn", "confidence": "medium"},
	"aws_route53_zone": {"by": "aws_route53_query_log", "key": "zone_id", "confidence": "low"},
}

judged contains {"type": type, "r": r, "log": log} if {
	some type, log in logs
	r := input.terraform[type][_]
	not exempt(type, r)
}

applies contains found.r.id if some found in judged

# The service logs no queries of private zones.
exempt("aws_route53_zone", r) if lib.present(r.config, "vpc")

exempt("aws_route53_zone", r) if lib.refers(input.terraform.aws_route53_zone_association[_], "zone_id", r)

# A bucket of logs that logged its own access would never come to an end.
exempt("aws_s3_bucket", r) if lib.text(r.config.acl) == "log-delivery-write"

exempt("aws_s3_bucket", r) if {
	acl := input.terraform.aws_s3_bucket_acl[_]
	acl.config.acl == "log-delivery-write"
	lib.refers(acl, "bucket", r)
}

exempt("aws_s3_bucket", r) if aws.among(writers[_], r)

# What the services write their logs to.
writers := [aws.pointed(type, path) |
	some type, path in {
		"aws_s3_bucket_logging": ["target_bucket"],
		"aws_s3_bucket": ["logging", 0, "target_bucket"],
		"aws_lb": ["access_logs", 0, "bucket"],
		"aws_alb": ["access_logs", 0, "bucket"],
		"aws_elb": ["access_logs", 0, "bucket"],
		"aws_flow_log": ["log_destination"],
		"aws_cloudfront_distribution": ["logging_config", 0, "bucket"],
	}
]

# What each kind of log is for.
pointers := {type: aws.pointed(log.by, [log.key]) | some type, log in logs}

logged(found) if aws.among(pointers[found.type], found.r)

# Both are named by the same third thing.
logged(found) if found.r.refs[found.log.key][_] in pointers[found.type].addresses

logged(found) if {
	found.type == "aws_s3_bucket"
	lib.present(found.r.config, "logging")
}

# A trail that records what is done with objects says as much.
logged(found) if {
	found.type == "aws_s3_bucket"
	resource := input.terraform.aws_cloudtrail[_].config.event_selector[_].data_resource[_]
	resource.type == "AWS::S3::Object"
}

logged(found) if {
	found.type == "aws_s3_bucket"
	selector := input.terraform.aws_cloudtrail[_].config.advanced_event_selector[_].field_selector[_]
	"AWS::S3::Object" in lib.as_array(selector.equals)
}

# A log of what is known only at apply may be this one's.
unclear(found) if {
	log := input.terraform[found.log.by][_]
	lib.is_unknown(log.config[found.log.key])
	count(object.get(log.refs, found.log.key, [])) == 0
}

deny contains {"subject": found.r.id, "path": ["logging"], "msg": msg, "confidence": found.log.confidence} if {
	some found in judged
	not logged(found)
	not unclear(found)
	msg := sprintf("who used `%s` is not logged; add %s for it", [found.r.name, found.log.by])
}

unknown contains {"subject": found.r.id, "reason": "no log here names it for certain; one may be declared elsewhere"} if {
	some found in judged
	not logged(found)
	unclear(found)
}
