# METADATA
# title: A project in Google Cloud does not record who reads its data
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {terraform: [google_project]}
package paylint.rules.audit_logging_off.terraform_google_projects

import data.paylint.lib

# What administrators do is always recorded; who reads and writes data is not, until an audit configuration asks for it.
applies contains r.id if r := input.terraform.google_project[_]

# One above the project holds for it, too.
configured(_) if {
	some type in ["google_organization_iam_audit_config", "google_folder_iam_audit_config"]
	count(input.terraform[type]) > 0
}

configured(r) if lib.refers(input.terraform.google_project_iam_audit_config[_], "project", r)

configured(_) if {
	policy := input.terraform["data.google_iam_policy"][_]
	lib.present(policy.config, "audit_config")
}

configured_perhaps if {
	config := input.terraform.google_project_iam_audit_config[_]
	lib.is_unknown(config.config.project)
	count(object.get(config.refs, "project", [])) == 0
}

deny contains {"subject": r.id, "path": ["audit_config"], "msg": msg} if {
	r := input.terraform.google_project[_]
	not configured(r)
	not configured_perhaps
	msg := sprintf("who reads data in project `%s` is not recorded; add google_project_iam_audit_config for allServices with DATA_READ and DATA_WRITE", [r.name])
}

unknown contains {"subject": r.id, "reason": "which project an audit configuration is for is known only at apply"} if {
	r := input.terraform.google_project[_]
	not configured(r)
	configured_perhaps
}
