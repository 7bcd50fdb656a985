# METADATA
# title: A bucket in Google Cloud may be made public by any later grant
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [google_storage_bucket, google_organization_policy, google_folder_organization_policy, google_project_organization_policy, google_org_policy_policy]}
package paylint.rules.public_storage.terraform_google_default

import data.paylint.google_policies as policies
import data.paylint.lib

applies contains r.id if r := input.terraform.google_storage_bucket[_]

constraint := "storage.publicAccessPrevention"

# It may be enforced for all buckets above.
deny contains {"subject": r.id, "path": ["public_access_prevention"], "msg": msg} if {
	r := input.terraform.google_storage_bucket[_]
	not lib.present(r.config, "public_access_prevention")
	not policies.enforced(constraint)
	msg := sprintf("nothing keeps bucket `%s` from being made public by a later grant; set public_access_prevention = \"enforced\"", [r.name])
}

applies contains found.r.id if some found in policies.lifted({constraint})

deny contains {"subject": found.r.id, "path": found.path, "msg": msg, "severity": "medium"} if {
	some found in policies.lifted({constraint})
	msg := sprintf("`%s` lets buckets be made public by a grant; enforce the constraint", [found.r.name])
}
