# METADATA
# title: A KMS key is never rotated
# custom: {confidence: high, applies_to: {cloudformation: [AWS::KMS::Key]}, reads: [[EnableKeyRotation], [RotationPeriodInDays]]}
package paylint.rules.key_rotation_off.cloudformation

import data.paylint.cfn
import data.paylint.lib

keys := cfn.all(["AWS::KMS::Key"])

# KMS rotates symmetric encryption keys of its own making only: not those for signing or MACs, not imported ones, not
# those of a key store. A replica (AWS::KMS::ReplicaKey) is rotated with its primary key.
plain := {"KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT", "Origin": "AWS_KMS"}

other_kind(r) if {
	some key, usual in plain
	said := lib.text(r.config[key])
	said != usual
}

applies contains r.id if {
	some r in keys
	not other_kind(r)
}

deny contains {"subject": r.id, "path": ["EnableKeyRotation"], "msg": msg} if {
	some r in keys
	r.id in applies
	not cfn.unclear(r.config, [["KeySpec"], ["KeyUsage"], ["Origin"]])
	not cfn.on(r, ["EnableKeyRotation"])
	msg := sprintf("key `%s` is never rotated; set EnableKeyRotation: true", [r.name])
}

# Without a number it is once a year.
deny contains {"subject": r.id, "path": ["RotationPeriodInDays"], "msg": msg} if {
	some r in keys
	r.id in applies
	cfn.on(r, ["EnableKeyRotation"])
	days := lib.number(r.config.RotationPeriodInDays)
	days > data.settings.maximum_key_rotation_days
	msg := sprintf("key `%s` is in use for %v days before it is rotated; set RotationPeriodInDays to %v at most", [r.name, days, data.settings.maximum_key_rotation_days])
}

# Whether it can be rotated at all; a key that is rotated passes whatever it is.
unknown contains {"subject": r.id, "reason": "what kind of key it is, is known only at deployment"} if {
	some r in keys
	cfn.unclear(r.config, [["KeySpec"], ["KeyUsage"], ["Origin"]])
	not other_kind(r)
	not cfn.on(r, ["EnableKeyRotation"])
}
