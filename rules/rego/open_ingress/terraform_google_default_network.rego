# METADATA
# title: A project keeps Google's default network, which lets everybody try SSH and RDP
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {terraform: [google_project]}
#   reads: [[auto_create_network]]
package paylint.rules.open_ingress.terraform_google_default_network

import data.paylint.lib

applies contains r.id if r := input.terraform.google_project[_]

# Whoever guards the organisation may do it there.
forbidden if {
	some type in ["google_organization_policy", "google_folder_organization_policy", "google_project_organization_policy"]
	r := input.terraform[type][_]
	endswith(lib.text(r.config.constraint), "compute.skipDefaultNetworkCreation")
}

forbidden if {
	r := input.terraform.google_org_policy_policy[_]
	endswith(lib.text(r.config.name), "compute.skipDefaultNetworkCreation")
}

deny contains {"subject": r.id, "path": ["auto_create_network"], "msg": msg} if {
	r := input.terraform.google_project[_]
	not lib.falsy(r.config.auto_create_network)
	not forbidden
	msg := sprintf("project `%s` gets the default network, whose firewall lets 0.0.0.0/0 reach ports 22 and 3389; set auto_create_network = false", [r.name])
}
