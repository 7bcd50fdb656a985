# METADATA
# title: An AWS service publishes what it keeps
# custom:
#   severity: high
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_codebuild_project
#       - aws_dms_s3_endpoint
#       - aws_ecrpublic_repository
#       - aws_ssm_service_setting
#       - aws_storagegateway_nfs_file_share
#       - aws_storagegateway_smb_file_share
package paylint.rules.public_storage.terraform_aws_services

import data.paylint.blocks
import data.paylint.lib

open_acls := {"public-read", "public-read-write", "authenticated-read"}

files := [{"at": ["object_acl"], "bad": open_acls, "say": "lets everyone read the files that it puts into the bucket; set object_acl = \"private\""}]

# Type -> settings: `at`: where; `bad`: values; `say`: what is open and what to write.
table := {
	"aws_codebuild_project": [{"at": ["project_visibility"], "bad": {"public_read"}, "say": "shows logs and artifacts of its builds to everyone; set project_visibility = \"PRIVATE\""}],
	"aws_dms_s3_endpoint": [{"at": ["canned_acl_for_objects"], "bad": open_acls, "say": "lets everyone read the rows that it writes to the bucket; set canned_acl_for_objects = \"private\""}],
	"aws_storagegateway_nfs_file_share": files,
	"aws_storagegateway_smb_file_share": files,
}

applies contains r.id if {
	some type, settings in table
	r := input.terraform[type][_]
	count(blocks.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.terraform[type][_]
	setting := settings[_]
	found := blocks.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# There is no other kind: who makes one means it, so it is a hint.
applies contains r.id if r := input.terraform.aws_ecrpublic_repository[_]

deny contains {"subject": r.id, "path": [], "msg": msg, "severity": "low", "confidence": "medium"} if {
	r := input.terraform.aws_ecrpublic_repository[_]
	msg := sprintf("everyone may pull the images in `%s`; keep images with code of one's own in aws_ecr_repository", [r.name])
}

# Documents of Session Manager and automation.
sharing contains r if {
	r := input.terraform.aws_ssm_service_setting[_]
	endswith(lib.text(r.config.setting_id), "/ssm/documents/console/public-sharing-permission")
}

applies contains r.id if some r in sharing

deny contains {"subject": r.id, "path": ["setting_value"], "msg": msg} if {
	some r in sharing
	count(blocks.bad(r.config, ["setting_value"], {"enable"})) > 0
	msg := sprintf("`%s` lets anyone in the account publish SSM documents to the world; set setting_value = \"Disable\"", [r.name])
}
