# METADATA
# title: Nobody says that a machine's root volume, a cluster's disks, a cache node or recorded sessions are encrypted
# custom:
#   severity: low
#   confidence: low
#   applies_to: {terraform: [aws_instance, aws_launch_configuration, aws_elasticache_cluster, aws_emr_cluster, aws_ssm_document]}
package paylint.rules.storage_unencrypted.terraform_aws_unsaid

import data.paylint.lib

# A volume is then encrypted if the image is, or the account's settings elsewhere say so: most are not.
machines contains r if {
	some type in ["aws_instance", "aws_launch_configuration"]
	r := input.terraform[type][_]
	not lib.present(r.config, "root_block_device")
	not lib.present(r.config, "launch_template")
	not account_encrypts
}

account_encrypts if {
	r := input.terraform.aws_ebs_encryption_by_default[_]
	not lib.falsy(r.config.enabled)
}

described contains r if {
	some type in ["aws_instance", "aws_launch_configuration"]
	r := input.terraform[type][_]
	lib.present(r.config, "root_block_device")
}

applies contains r.id if some r in machines

# What is said there is judged by the rule about volumes.
applies contains r.id if some r in described

deny contains {"subject": r.id, "path": ["root_block_device"], "msg": msg} if {
	some r in machines
	msg := sprintf("`%s` leaves it open whether its root volume is encrypted; add root_block_device { encrypted = true }, or encrypt all volumes with aws_ebs_encryption_by_default", [r.name])
}

unknown contains {"subject": r.id, "reason": "what is said of its root volume is known only at apply"} if {
	some r in described
	lib.has_unknown(r.config.root_block_device)
}

# Redis by itself cannot be encrypted; only in a replication group.
single contains r if {
	r := input.terraform.aws_elasticache_cluster[_]
	lower(lib.text(r.config.engine)) == "redis"
	not lib.present(r.config, "replication_group_id")
}

applies contains r.id if some r in single

deny contains {"subject": r.id, "path": ["engine"], "msg": msg, "confidence": "medium"} if {
	some r in single
	msg := sprintf("Redis of `%s` cannot be encrypted at rest outside a replication group; use aws_elasticache_replication_group with at_rest_encryption_enabled = true", [r.name])
}

# What EMR keeps on its disks is encrypted only where a security configuration says so.
applies contains r.id if r := input.terraform.aws_emr_cluster[_]

deny contains {"subject": r.id, "path": ["security_configuration"], "msg": msg, "confidence": "medium"} if {
	r := input.terraform.aws_emr_cluster[_]
	object.get(r.config, "security_configuration", "") in [null, ""]
	msg := sprintf("cluster `%s` has no security configuration: its local disks are not encrypted; name one with EnableAtRestEncryption in security_configuration", [r.name])
}

# Session Manager checks that the place where it records is encrypted, unless told not to.
recordings := {"s3BucketName": "s3EncryptionEnabled", "cloudWatchLogGroupName": "cloudWatchEncryptionEnabled"}

sessions contains {"r": r, "path": ["content", "inputs", key], "value": value} if {
	r := input.terraform.aws_ssm_document[_]
	r.config.document_type == "Session"
	some place, key in recordings
	is_object(r.config.content.inputs)
	not object.get(r.config.content.inputs, place, "") in ["", null]
	value := r.config.content.inputs[key]
}

applies contains session.r.id if some session in sessions

deny contains {"subject": session.r.id, "path": session.path, "msg": msg, "confidence": "medium"} if {
	some session in sessions
	lib.falsy(session.value)
	msg := sprintf("`%s` records sessions wherever it is told to, encrypted or not; set %v to true", [session.r.name, session.path[2]])
}
