# METADATA
# title: A KMS key is gone within days of a mistaken deletion
# custom:
#   severity: low
#   confidence: high
#   applies_to: {terraform: [aws_kms_key, aws_kms_external_key, aws_kms_replica_key, aws_kms_replica_external_key]}
#   reads: [[deletion_window_in_days]]
package paylint.rules.key_deletion_unprotected.terraform_aws

import data.paylint.lib

keys contains r if {
	some type in ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"]
	r := input.terraform[type][_]
}

applies contains r.id if some r in keys

# AWS takes 7 to 30 days, 30 where nothing is written. Two weeks are enough for somebody to notice.
shortest := 14

deny contains {"subject": r.id, "path": ["deletion_window_in_days"], "msg": msg} if {
	some r in keys
	days := lib.number(r.config.deletion_window_in_days)
	days < shortest
	msg := sprintf("key `%s` can be lost %v days after a mistaken deletion, with all it encrypts; leave deletion_window_in_days at 30", [r.name, days])
}
