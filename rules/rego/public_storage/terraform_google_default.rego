# METADATA
# title: A bucket in Google Cloud may be made public by any later grant
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [google_storage_bucket]}
package paylint.rules.public_storage.terraform_google_default

import data.paylint.lib

applies contains r.id if r := input.terraform.google_storage_bucket[_]

# It may be enforced for all buckets above.
enforced if {
	some type in ["google_organization_policy", "google_folder_organization_policy", "google_project_organization_policy"]
	r := input.terraform[type][_]
	endswith(lib.text(r.config.constraint), "storage.publicAccessPrevention")
}

enforced if {
	r := input.terraform.google_org_policy_policy[_]
	endswith(lib.text(r.config.name), "storage.publicAccessPrevention")
}

deny contains {"subject": r.id, "path": ["public_access_prevention"], "msg": msg} if {
	r := input.terraform.google_storage_bucket[_]
	not lib.present(r.config, "public_access_prevention")
	not enforced
	msg := sprintf("nothing keeps bucket `%s` from being made public by a later grant; set public_access_prevention = \"enforced\"", [r.name])
}
