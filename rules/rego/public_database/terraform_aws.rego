# METADATA
# title: A database or broker has a public address
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_db_instance
#       - aws_rds_cluster_instance
#       - aws_rds_shard_group
#       - aws_neptune_cluster_instance
#       - aws_neptunegraph_graph
#       - aws_redshift_cluster
#       - aws_redshiftserverless_workgroup
#       - aws_dms_replication_instance
#       - aws_mq_broker
#       - aws_lightsail_database
#       - aws_timestreaminfluxdb_db_instance
#       - aws_timestreaminfluxdb_db_cluster
#       - aws_msk_cluster
#       - aws_emr_block_public_access_configuration
#       - aws_db_snapshot
#       - aws_db_snapshot_copy
#       - aws_db_cluster_snapshot
#       - aws_rds_cluster_snapshot_copy
#   reads: [[publicly_accessible], [public_connectivity]]
package paylint.rules.public_database.terraform_aws

import data.paylint.lib

# None is public where nothing is said, but Redshift before version 6 of the provider.
switches := {
	"aws_db_instance": "publicly_accessible",
	"aws_rds_cluster_instance": "publicly_accessible",
	"aws_rds_shard_group": "publicly_accessible",
	"aws_neptune_cluster_instance": "publicly_accessible",
	"aws_neptunegraph_graph": "public_connectivity",
	"aws_redshift_cluster": "publicly_accessible",
	"aws_redshiftserverless_workgroup": "publicly_accessible",
	"aws_dms_replication_instance": "publicly_accessible",
	"aws_mq_broker": "publicly_accessible",
	"aws_lightsail_database": "publicly_accessible",
	"aws_timestreaminfluxdb_db_instance": "publicly_accessible",
	"aws_timestreaminfluxdb_db_cluster": "publicly_accessible",
}

applies contains r.id if {
	some type, _ in switches
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in switches
	r := input.terraform[type][_]
	lib.truthy(r.config[key])
	msg := sprintf("`%s` gets a public address; keep databases in private subnets and set %s = false", [r.name, key])
}

applies contains r.id if r := input.terraform.aws_msk_cluster[_]

public_access := ["broker_node_group_info", 0, "connectivity_info", 0, "public_access", 0, "type"]

deny contains {"subject": r.id, "path": public_access, "msg": msg} if {
	r := input.terraform.aws_msk_cluster[_]
	object.get(r.config, public_access, "DISABLED") == "SERVICE_PROVIDED_EIPS"
	msg := sprintf("the brokers of `%s` get public addresses; leave public access disabled", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether its brokers are public is known only at apply"} if {
	r := input.terraform.aws_msk_cluster[_]
	lib.is_unknown(object.get(r.config, public_access, null))
}

# Switched off, EMR clusters may be started behind groups that are open to the internet.
applies contains r.id if r := input.terraform.aws_emr_block_public_access_configuration[_]

deny contains {"subject": r.id, "path": ["block_public_security_group_rules"], "msg": msg} if {
	r := input.terraform.aws_emr_block_public_access_configuration[_]
	not lib.truthy(object.get(r.config, "block_public_security_group_rules", null))
	msg := sprintf("`%s` lets EMR clusters be reached from the internet; set block_public_security_group_rules = true", [r.name])
}

# Snapshots: who may restore one has the database.
snapshots := ["aws_db_snapshot", "aws_db_snapshot_copy", "aws_db_cluster_snapshot", "aws_rds_cluster_snapshot_copy"]

applies contains r.id if {
	some type in snapshots
	r := input.terraform[type][_]
	lib.present(r.config, "shared_accounts")
}

deny contains {"subject": r.id, "path": ["shared_accounts"], "msg": msg} if {
	some type in snapshots
	r := input.terraform[type][_]
	some account in lib.as_array(r.config.shared_accounts)
	lib.text(account) == "all"
	msg := sprintf("everyone with an AWS account may restore snapshot `%s`; name the accounts", [r.name])
}

unknown contains {"subject": r.id, "reason": "with whom it is shared is known only at apply"} if {
	some type in snapshots
	r := input.terraform[type][_]
	lib.is_unknown(r.config.shared_accounts)
}
