# METADATA
# title: A KMS key is gone within days of a mistaken deletion
# custom:
#   severity: low
#   confidence: high
#   applies_to: {cloudformation: [AWS::KMS::Key, AWS::KMS::ReplicaKey]}
#   reads: [[PendingWindowInDays]]
package paylint.rules.key_deletion_unprotected.cloudformation

import data.paylint.cfn
import data.paylint.lib

keys := cfn.all(["AWS::KMS::Key", "AWS::KMS::ReplicaKey"])

applies contains r.id if some r in keys

# 7 to 30 days are allowed, 30 where nothing is written; two weeks leave time to notice.
deny contains {"subject": r.id, "path": ["PendingWindowInDays"], "msg": msg} if {
	some r in keys
	days := lib.number(r.config.PendingWindowInDays)
	days < 14
	msg := sprintf("key `%s` is destroyed %v days after a deletion, with all that it encrypted; leave PendingWindowInDays at 30", [r.name, days])
}
