# METADATA
# title: A database account is created with a password written in the script
# custom: {confidence: high, applies_to: {sql: [user]}}
package paylint.rules.hard_coded_credential.sql

applies contains u.id if some u in input.sql.user

deny contains {"subject": u.id, "path": ["password"], "msg": msg} if {
	u := input.sql.user[_]
	u.config.password in {true, "empty"}
	not u.config.hashed == true
	msg := sprintf("the password of `%s` stands in this script and so in version control; set it from a secret store", [u.config.name])
}
