# METADATA
# title: An AWS service publishes what it keeps
# custom:
#   severity: high
#   confidence: high
#   applies_to: {cloudformation: [AWS::CodeBuild::Project, AWS::DMS::Endpoint, AWS::ECR::PublicRepository, AWS::Lightsail::Bucket]}
package paylint.rules.public_storage.cloudformation_services

import data.paylint.cfn

# Type -> settings: `at`: where; `bad`: values; `say`: what is open and what to write.
table := {
	"AWS::CodeBuild::Project": [{"at": ["Visibility"], "bad": {"public_read"}, "say": "shows logs and artifacts of its builds to everyone; set Visibility: PRIVATE"}],
	"AWS::DMS::Endpoint": [{"at": ["S3Settings", "CannedAclForObjects"], "bad": {"public-read", "public-read-write", "authenticated-read"}, "say": "lets everyone read the rows that it writes to the bucket; set CannedAclForObjects: private"}],
	"AWS::Lightsail::Bucket": [{"at": ["AccessRules", "GetObject"], "bad": {"public"}, "say": "lets everyone read all its objects; set GetObject: private"}],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	count(cfn.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# There is no other kind: who makes one means it, so it is a hint.
applies contains r.id if some r in cfn.all(["AWS::ECR::PublicRepository"])

deny contains {"subject": r.id, "path": [], "msg": msg, "severity": "low", "confidence": "medium"} if {
	some r in cfn.all(["AWS::ECR::PublicRepository"])
	msg := sprintf("everyone may pull the images in `%s`; keep images with code of one's own in AWS::ECR::Repository", [r.name])
}
