# METADATA
# title: No log is declared for an AWS network, bucket, firewall or zone
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::EC2::VPC
#       - AWS::S3::Bucket
#       - AWS::NetworkFirewall::Firewall
#       - AWS::WAFv2::WebACL
#       - AWS::Route53::HostedZone
package paylint.rules.audit_logging_off.cloudformation_joined

import data.paylint.cfn
import data.paylint.lib

# The log is a resource of its own that names what it is about.
logs := {
	"AWS::EC2::VPC": {"by": "AWS::EC2::FlowLog", "key": "ResourceId", "confidence": "medium"},
	"AWS::NetworkFirewall::Firewall": {"by": "AWS::NetworkFirewall::LoggingConfiguration", "key": "FirewallArn", "confidence": "medium"},
	"AWS::WAFv2::WebACL": {"by": "AWS::WAFv2::LoggingConfiguration", "key": "ResourceArn", "confidence": "medium"},
}

judged contains {"r": r, "log": log} if {
	some type, log in logs
	r := input.cloudformation[type][_]
}

applies contains found.r.id if some found in judged

logged(found) if cfn.refers(input.cloudformation[found.log.by][_], [found.log.key], found.r)

# A log of what is known only at deployment may be this one's.
unclear(found) if {
	log := input.cloudformation[found.log.by][_]
	cfn.obscure(log, [found.log.key])
}

unclear(_) if not input.unit.alone

deny contains {"subject": found.r.id, "path": ["Logging"], "msg": msg, "confidence": found.log.confidence} if {
	some found in judged
	not logged(found)
	not unclear(found)
	msg := sprintf("what passes through `%s` is not logged; add %s for it", [found.r.name, found.log.by])
}

unknown contains {"subject": found.r.id, "reason": "no log here names it for certain; another template may declare one"} if {
	some found in judged
	not logged(found)
	unclear(found)
}

# A bucket says itself where its log goes. One that takes logs and logged its own access would never come to an end.
takes_logs(bucket) if bucket.config.AccessControl == "LogDeliveryWrite"

takes_logs(bucket) if cfn.bucket_in(bucket, cfn.log_targets)

buckets contains r if {
	r := input.cloudformation["AWS::S3::Bucket"][_]
	not takes_logs(r)
}

applies contains r.id if some r in buckets

# A trail that records what is done with objects says as much.
objects_recorded if input.cloudformation["AWS::CloudTrail::Trail"][_].config.EventSelectors[_].DataResources[_].Type == "AWS::S3::Object"

deny contains {"subject": r.id, "path": ["LoggingConfiguration"], "msg": msg, "confidence": "low"} if {
	some r in buckets
	not lib.present(r.config, "LoggingConfiguration")
	not objects_recorded
	msg := sprintf("who used bucket `%s` is not logged; add LoggingConfiguration", [r.name])
}

# The service logs no queries of private zones.
zones contains r if {
	r := input.cloudformation["AWS::Route53::HostedZone"][_]
	not lib.present(r.config, "VPCs")
}

applies contains r.id if some r in zones

deny contains {"subject": r.id, "path": ["QueryLoggingConfig"], "msg": msg, "confidence": "low"} if {
	some r in zones
	not lib.present(r.config, "QueryLoggingConfig")
	msg := sprintf("who asked for names of zone `%s` is not logged; add QueryLoggingConfig", [r.name])
}
