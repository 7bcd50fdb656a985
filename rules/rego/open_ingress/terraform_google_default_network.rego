# METADATA
# title: A project keeps Google's default network, which lets everybody try SSH and RDP
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {terraform: [google_project, google_organization_policy, google_folder_organization_policy, google_project_organization_policy, google_org_policy_policy]}
#   reads: [[auto_create_network]]
package paylint.rules.open_ingress.terraform_google_default_network

import data.paylint.google_policies as policies
import data.paylint.lib

applies contains r.id if r := input.terraform.google_project[_]

constraint := "compute.skipDefaultNetworkCreation"

# Whoever guards the organisation may do it there.
deny contains {"subject": r.id, "path": ["auto_create_network"], "msg": msg} if {
	r := input.terraform.google_project[_]
	not lib.falsy(r.config.auto_create_network)
	not policies.enforced(constraint)
	msg := sprintf("project `%s` gets the default network, whose firewall lets 0.0.0.0/0 reach ports 22 and 3389; set auto_create_network = false", [r.name])
}

applies contains found.r.id if some found in policies.lifted({constraint})

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in policies.lifted({constraint})
	msg := sprintf("`%s` lets projects keep the default network, whose firewall lets 0.0.0.0/0 reach ports 22 and 3389; enforce the constraint", [found.r.name])
}
