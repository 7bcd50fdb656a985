# METADATA
# title: The rules of Firebase storage let everyone in
# custom:
#   confidence: medium
#   applies_to: {terraform: [google_firebaserules_ruleset]}
package paylint.rules.public_storage.terraform_google_rules

import data.paylint.google_policies as policies
import data.paylint.lib

files contains {"r": r, "path": ["source", i, "files", j, "content"], "content": content} if {
	r := input.terraform.google_firebaserules_ruleset[_]
	content := r.config.source[i].files[j].content
	contains(lib.text(content), "firebase.storage")
}

applies contains file.r.id if some file in files

deny contains {"subject": file.r.id, "path": file.path, "msg": msg} if {
	some file in files
	what := policies.everyone_may(file.content)
	msg := sprintf("the rules of `%s` let everybody %s the bucket; ask for request.auth, and for whose files they are", [file.r.name, what])
}
