# METADATA
# title: The rules of a Firestore database let everyone in
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - google_firebaserules_ruleset
#       - google_folder_organization_policy
#       - google_org_policy_policy
#       - google_organization_policy
#       - google_project_organization_policy
package paylint.rules.public_database.terraform_google_rules

import data.paylint.google_policies as policies
import data.paylint.lib

files contains {"r": r, "path": ["source", i, "files", j, "content"], "content": content} if {
	r := input.terraform.google_firebaserules_ruleset[_]
	content := r.config.source[i].files[j].content
	not contains(sprintf("%v", [content]), "firebase.storage")
}

applies contains file.r.id if some file in files

deny contains {"subject": file.r.id, "path": file.path, "msg": msg} if {
	some file in files
	what := policies.everyone_may(file.content)
	msg := sprintf("the rules of `%s` let everybody %s the database; ask for request.auth, and for what it may see", [file.r.name, what])
}

unknown contains {"subject": file.r.id, "reason": "its rules are known only at apply"} if {
	some file in files
	lib.is_unknown(file.content)
}

# --- policies of an organisation --------------------------------------------------------------------------------------

lifted := policies.lifted({"sql.restrictPublicIp", "sql.restrictAuthorizedNetworks"})

applies contains found.r.id if some found in lifted

deny contains {"subject": found.r.id, "path": found.path, "msg": msg, "severity": "medium"} if {
	some found in lifted
	msg := sprintf("`%s` lets databases have public addresses; enforce the constraint", [found.r.name])
}
