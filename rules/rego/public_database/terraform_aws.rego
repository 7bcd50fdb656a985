# METADATA
# title: A database or broker has a public address
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_db_instance
#       - aws_rds_cluster_instance
#       - aws_neptune_cluster_instance
#       - aws_redshift_cluster
#       - aws_redshiftserverless_workgroup
#       - aws_dms_replication_instance
#       - aws_mq_broker
#       - aws_msk_cluster
package paylint.rules.public_database.terraform_aws

import data.paylint.lib

# Redshift alone is public unless told otherwise (until version 6 of the provider).
types := ["aws_db_instance", "aws_rds_cluster_instance", "aws_neptune_cluster_instance", "aws_redshift_cluster", "aws_redshiftserverless_workgroup", "aws_dms_replication_instance", "aws_mq_broker"]

applies contains r.id if {
	some type in types
	r := input.terraform[type][_]
}

applies contains r.id if r := input.terraform.aws_msk_cluster[_]

deny contains {"subject": r.id, "path": ["publicly_accessible"], "msg": msg} if {
	some type in types
	r := input.terraform[type][_]
	lib.truthy(r.config.publicly_accessible)
	msg := sprintf("`%s` gets a public address; keep databases in private subnets and set publicly_accessible = false", [r.name])
}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	r := input.terraform.aws_msk_cluster[_]
	path := ["broker_node_group_info", 0, "connectivity_info", 0, "public_access", 0, "type"]
	object.get(r.config, path, "DISABLED") == "SERVICE_PROVIDED_EIPS"
	msg := sprintf("the brokers of `%s` get public addresses; leave public access disabled", [r.name])
}
