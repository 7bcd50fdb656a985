# METADATA
# title: AWS storage that can hold account data is not encrypted at rest
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_db_instance
#       - aws_rds_cluster
#       - aws_rds_global_cluster
#       - aws_docdb_cluster
#       - aws_docdb_global_cluster
#       - aws_neptune_cluster
#       - aws_neptune_global_cluster
#       - aws_redshift_cluster
#       - aws_ebs_volume
#       - aws_ebs_snapshot_copy
#       - aws_ebs_snapshot_import
#       - aws_ami_copy
#       - aws_efs_file_system
#       - aws_elasticache_replication_group
#       - aws_dax_cluster
#       - aws_elasticsearch_domain
#       - aws_opensearch_domain
#       - aws_kinesis_stream
#       - aws_kinesis_firehose_delivery_stream
#       - aws_sns_topic
#       - aws_sqs_queue
#       - aws_ebs_encryption_by_default
#   reads: [[encryption_type], [enabled]]
package paylint.rules.storage_unencrypted.terraform_aws

import data.paylint.lib

# Where encryption is off unless this says true.
switches := {
	"aws_db_instance": ["storage_encrypted"],
	"aws_rds_cluster": ["storage_encrypted"],
	"aws_rds_global_cluster": ["storage_encrypted"],
	"aws_docdb_cluster": ["storage_encrypted"],
	"aws_docdb_global_cluster": ["storage_encrypted"],
	"aws_neptune_cluster": ["storage_encrypted"],
	"aws_neptune_global_cluster": ["storage_encrypted"],
	"aws_redshift_cluster": ["encrypted"],
	"aws_ebs_volume": ["encrypted"],
	"aws_ebs_snapshot_copy": ["encrypted"],
	"aws_ebs_snapshot_import": ["encrypted"],
	"aws_ami_copy": ["encrypted"],
	"aws_efs_file_system": ["encrypted"],
	"aws_elasticache_replication_group": ["at_rest_encryption_enabled"],
	"aws_dax_cluster": ["server_side_encryption", 0, "enabled"],
	"aws_elasticsearch_domain": ["encrypt_at_rest", 0, "enabled"],
	"aws_opensearch_domain": ["encrypt_at_rest", 0, "enabled"],
}

applies contains r.id if {
	some type, _ in switches
	r := input.terraform[type][_]
	not inherits(r)
	not always(r)
	not may_be_valkey(r)
}

# A copy is encrypted as its source is, which only apply knows.
inherits(r) if {
	some key in ["snapshot_identifier", "snapshot_arn", "replicate_source_db", "replication_source_identifier", "restore_to_point_in_time", "source_db_cluster_identifier"]
	lib.present(r.config, key)
	not lib.present(r.config, "storage_encrypted")
	not lib.present(r.config, "encrypted")
}

inherits(r) if {
	r.type in ["aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"]
	lib.present(r.config, "global_cluster_identifier")
	not lib.present(r.config, "storage_encrypted")
}

inherits(r) if {
	r.type == "aws_ebs_volume"
	lib.present(r.config, "snapshot_id")
	not lib.present(r.config, "encrypted")
}

inherits(r) if {
	r.type == "aws_elasticache_replication_group"
	lib.present(r.config, "global_replication_group_id")
}

unknown contains {"subject": r.id, "reason": "it inherits the encryption of its source"} if {
	some type, _ in switches
	r := input.terraform[type][_]
	inherits(r)
}

# Aurora Serverless v1 has no other way.
always(r) if {
	r.type == "aws_rds_cluster"
	r.config.engine_mode == "serverless"
}

# Valkey is encrypted where nothing is said, Redis is not.
always(r) if {
	r.type == "aws_elasticache_replication_group"
	r.config.engine == "valkey"
	not lib.present(r.config, "at_rest_encryption_enabled")
}

may_be_valkey(r) if {
	r.type == "aws_elasticache_replication_group"
	lib.is_unknown(r.config.engine)
	not lib.present(r.config, "at_rest_encryption_enabled")
}

unknown contains {"subject": r.id, "reason": "whether its engine encrypts by default is known only at apply"} if {
	r := input.terraform.aws_elasticache_replication_group[_]
	may_be_valkey(r)
}

# So is a volume that says nothing, where the account encrypts all of them.
always(r) if {
	r.type == "aws_ebs_volume"
	not lib.present(r.config, "encrypted")
	account := input.terraform.aws_ebs_encryption_by_default[_]
	lib.truthy(object.get(account.config, "enabled", true))
}

deny contains {"subject": r.id, "path": path, "msg": msg, "confidence": confidence(r)} if {
	some type, path in switches
	r := input.terraform[type][_]
	r.id in applies
	not lib.truthy(object.get(r.config, path, null))
	argument := concat(".", [key | some key in path; is_string(key)])
	msg := sprintf("%s `%s` is not encrypted at rest; set %s = true, best with a key of your own", [type, r.name, argument])
}

# Redshift encrypts new clusters since 2025 and Aurora since 2026; older ones that say nothing are as they were.
says_nothing(r) if {
	r.type == "aws_redshift_cluster"
	not lib.present(r.config, "encrypted")
}

says_nothing(r) if {
	r.type == "aws_rds_cluster"
	not lib.present(r.config, "storage_encrypted")
	startswith(lower(lib.text(object.get(r.config, "engine", "aurora"))), "aurora")
}

confidence(r) := "low" if says_nothing(r)

confidence(r) := "high" if not says_nothing(r)

applies contains r.id if {
	some type in ["aws_kinesis_stream", "aws_sns_topic", "aws_kinesis_firehose_delivery_stream"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["encryption_type"], "msg": msg} if {
	r := input.terraform.aws_kinesis_stream[_]
	object.get(r.config, "encryption_type", "NONE") == "NONE"
	msg := sprintf("stream `%s` is not encrypted at rest; set encryption_type = \"KMS\"", [r.name])
}

deny contains {"subject": r.id, "path": ["kms_master_key_id"], "msg": msg} if {
	r := input.terraform.aws_sns_topic[_]
	object.get(r.config, "kms_master_key_id", "") == ""
	msg := sprintf("topic `%s` keeps undelivered messages without encryption of its own; set kms_master_key_id", [r.name])
}

deny contains {"subject": r.id, "path": ["server_side_encryption", 0, "enabled"], "msg": msg} if {
	r := input.terraform.aws_kinesis_firehose_delivery_stream[_]
	not buffers_nothing(r)
	not lib.truthy(object.get(r.config, ["server_side_encryption", 0, "enabled"], null))
	msg := sprintf("delivery stream `%s` buffers records unencrypted; add server_side_encryption { enabled = true }", [r.name])
}

# What comes from a stream or from Kafka stays there, encrypted or not, until it is delivered.
buffers_nothing(r) if {
	some source in ["kinesis_source_configuration", "msk_source_configuration"]
	lib.present(r.config, source)
}

# Queues and volumes are encrypted unless somebody says no.
applies contains r.id if {
	some type in ["aws_sqs_queue", "aws_ebs_encryption_by_default"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["sqs_managed_sse_enabled"], "msg": msg} if {
	r := input.terraform.aws_sqs_queue[_]
	lib.falsy(r.config.sqs_managed_sse_enabled)
	object.get(r.config, "kms_master_key_id", "") in [null, ""]
	msg := sprintf("encryption of queue `%s` is switched off; leave it on, or name a KMS key", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether its encryption is switched off is known only at apply"} if {
	r := input.terraform.aws_sqs_queue[_]
	lib.is_unknown(r.config.sqs_managed_sse_enabled)
	object.get(r.config, "kms_master_key_id", "") in [null, ""]
}

deny contains {"subject": r.id, "path": ["enabled"], "msg": msg} if {
	r := input.terraform.aws_ebs_encryption_by_default[_]
	lib.falsy(r.config.enabled)
	msg := "volumes of this region are created unencrypted; leave encryption by default on"
}
