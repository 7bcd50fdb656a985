# METADATA
# title: A Cloud KMS key may be used by everyone
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - data.google_iam_policy
#       - google_kms_crypto_key_iam_member
#       - google_kms_crypto_key_iam_binding
#       - google_kms_crypto_key_iam_policy
#       - google_kms_key_ring_iam_member
#       - google_kms_key_ring_iam_binding
#       - google_kms_key_ring_iam_policy
#       - google_kms_ekm_connection_iam_member
#       - google_kms_ekm_connection_iam_binding
#       - google_kms_ekm_connection_iam_policy
package paylint.rules.key_policy_open.terraform_google

import data.paylint.google

# A grant on a ring holds for every key in it.
keys := {"google_kms_crypto_key", "google_kms_key_ring", "google_kms_ekm_connection"}

applies contains holder.r.id if {
	some holder in google.holders
	holder.of in keys
	google.judged(holder)
}

deny contains {"subject": grant.subject, "path": grant.path, "msg": msg} if {
	some grant in google.grants
	grant.of in keys
	google.everyone(grant.member)
	msg := sprintf("`%s` gives %v to %s: that is anybody on the internet; name the accounts that use the key", [grant.name, grant.role, grant.member])
}

unknown contains {"subject": item.subject, "reason": item.reason} if {
	some item in google.unresolved
	item.of in keys
}
