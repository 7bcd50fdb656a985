# METADATA
# title: An AWS service is told to keep its data unencrypted
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_api_gateway_method_settings
#       - aws_appsync_api_cache
#       - aws_codebuild_project
#       - aws_codebuild_report_group
#       - aws_dlm_lifecycle_policy
#       - aws_ecs_service
#       - aws_emr_security_configuration
#       - aws_glue_data_catalog_encryption_settings
#       - aws_glue_security_configuration
#       - aws_workspaces_workspace
package paylint.rules.storage_unencrypted.terraform_aws_services

import data.paylint.blocks
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"aws_appsync_api_cache": [{
		"at": ["at_rest_encryption_enabled"],
		"bad": {"", "false"},
		"say": "keeps cached answers unencrypted; set at_rest_encryption_enabled = true",
	}],
	"aws_codebuild_project": [
		{
			"at": ["secondary_artifacts", "*", "encryption_disabled"],
			"bad": {"true"},
			"say": "writes build artifacts unencrypted; leave encryption_disabled = false",
		},
		{
			"at": ["logs_config", "*", "s3_logs", "*", "encryption_disabled"],
			"bad": {"true"},
			"say": "writes build logs unencrypted; leave encryption_disabled = false",
		},
	],
	"aws_codebuild_report_group": [{
		"at": ["export_config", "*", "s3_destination", "*", "encryption_disabled"],
		"bad": {"true"},
		"say": "exports reports unencrypted; leave encryption_disabled = false",
	}],
	"aws_dlm_lifecycle_policy": [
		{
			"at": ["policy_details", "*", "schedule", "*", "cross_region_copy_rule", "*", "encrypted"],
			"bad": {"", "false"},
			"say": "copies snapshots to another region without encrypting them; set encrypted = true",
		},
		{
			"at": ["policy_details", "*", "action", "*", "cross_region_copy", "*", "encryption_configuration", "*", "encrypted"],
			"bad": {"", "false"},
			"say": "copies snapshots to another region without encrypting them; set encrypted = true",
		},
	],
	"aws_ecs_service": [{
		"at": ["volume_configuration", "*", "managed_ebs_volume", "*", "encrypted"],
		"bad": {"false"},
		"say": "gives its tasks unencrypted volumes; leave encrypted = true",
	}],
	"aws_emr_security_configuration": [{
		"at": ["configuration", "EncryptionConfiguration", "EnableAtRestEncryption"],
		"bad": {"", "false"},
		"say": "leaves the disks and files of its clusters unencrypted; set EnableAtRestEncryption to true",
	}],
	"aws_glue_data_catalog_encryption_settings": [
		{
			"at": ["data_catalog_encryption_settings", "*", "encryption_at_rest", "*", "catalog_encryption_mode"],
			"bad": {"", "disabled"},
			"say": "leaves the data catalog unencrypted; set catalog_encryption_mode = \"SSE-KMS\"",
		},
		{
			"at": ["data_catalog_encryption_settings", "*", "connection_password_encryption", "*", "return_connection_password_encrypted"],
			"bad": {"", "false"},
			"say": "keeps the passwords of connections unencrypted; set return_connection_password_encrypted = true",
		},
	],
	# All three are DISABLED unless set.
	"aws_glue_security_configuration": [
		{
			"at": ["encryption_configuration", "*", "s3_encryption", "*", "s3_encryption_mode"],
			"bad": {"", "disabled"},
			"say": "lets jobs write their output unencrypted; set s3_encryption_mode = \"SSE-KMS\"",
		},
		{
			"at": ["encryption_configuration", "*", "cloudwatch_encryption", "*", "cloudwatch_encryption_mode"],
			"bad": {"", "disabled"},
			"say": "lets jobs write their logs unencrypted; set cloudwatch_encryption_mode = \"SSE-KMS\"",
		},
		{
			"at": ["encryption_configuration", "*", "job_bookmarks_encryption", "*", "job_bookmarks_encryption_mode"],
			"bad": {"", "disabled"},
			"say": "keeps job bookmarks unencrypted; set job_bookmarks_encryption_mode = \"CSE-KMS\"",
		},
	],
	"aws_workspaces_workspace": [
		{
			"at": ["root_volume_encryption_enabled"],
			"bad": {"", "false"},
			"say": "has an unencrypted root volume; set root_volume_encryption_enabled = true",
		},
		{
			"at": ["user_volume_encryption_enabled"],
			"bad": {"", "false"},
			"say": "has an unencrypted user volume; set user_volume_encryption_enabled = true",
		},
	],
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

# A project's main artifact: `encryption_disabled` means nothing where there is none.
applies contains r.id if {
	r := input.terraform.aws_codebuild_project[_]
	r.config.artifacts[_].type == "S3"
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.terraform.aws_codebuild_project[_]
	r.config.artifacts[_].type == "S3"
	found := blocks.bad(r.config, ["artifacts", "*", "encryption_disabled"], {"true"})[_]
	msg := sprintf("`%s` writes build artifacts unencrypted; leave encryption_disabled = false", [r.name])
}

# The cache of an API stage; without caching there is nothing to encrypt.
applies contains r.id if {
	r := input.terraform.aws_api_gateway_method_settings[_]
	lib.truthy(r.config.settings[_].caching_enabled)
}

deny contains {"subject": r.id, "path": ["settings", i, "cache_data_encrypted"], "msg": msg} if {
	r := input.terraform.aws_api_gateway_method_settings[_]
	lib.truthy(r.config.settings[i].caching_enabled)
	not lib.truthy(object.get(r.config.settings[i], "cache_data_encrypted", null))
	msg := sprintf("`%s` keeps cached answers unencrypted; set cache_data_encrypted = true", [r.name])
}

# Encryption at rest of EMR has two halves: files in S3, and the local disks, which are left out easily.
deny contains {"subject": r.id, "path": ["configuration", "EncryptionConfiguration", "AtRestEncryptionConfiguration", "LocalDiskEncryptionConfiguration"], "msg": msg} if {
	r := input.terraform.aws_emr_security_configuration[_]
	encryption := r.config.configuration.EncryptionConfiguration
	lib.truthy(encryption.EnableAtRestEncryption)
	parts := encryption.AtRestEncryptionConfiguration
	lib.known(parts)
	not lib.present(parts, "LocalDiskEncryptionConfiguration")
	msg := sprintf("`%s` leaves the local disks of its clusters unencrypted; add LocalDiskEncryptionConfiguration", [r.name])
}

# A configuration that is not known may be anything.
unknown contains {"subject": r.id, "reason": "its configuration is known only at apply"} if {
	r := input.terraform.aws_emr_security_configuration[_]
	r.id in applies
	lib.has_unknown(object.get(r.config.configuration.EncryptionConfiguration, "AtRestEncryptionConfiguration", {}))
	not lib.present(r.config.configuration.EncryptionConfiguration.AtRestEncryptionConfiguration, "LocalDiskEncryptionConfiguration")
}
