# METADATA
# title: A password stands in PostgreSQL's configuration in plain text
# custom: {confidence: medium, applies_to: {postgresql: [server, access]}}
package paylint.rules.plaintext_secret.postgresql

import data.paylint.keyed
import data.paylint.lib

applies contains s.id if {
	s := input.postgresql.server[_]
	lib.known(s.config[["primary_conninfo", "ssl_passphrase_command"][_]])
}

options := ["ldapbindpasswd", "radiussecrets", "radiussecret"]

applies contains r.id if {
	r := input.postgresql.access[_]
	lib.present(r.config.options, options[_])
}

deny contains {"subject": s.id, "path": ["primary_conninfo"], "msg": msg} if {
	s := input.postgresql.server[_]
	some m in regex.find_all_string_submatch_n(`(?:^|[ ])password[ ]*=[ ]*('[^']*'|[^ ']+)`, lib.text(s.config.primary_conninfo), -1)
	keyed.password_literal(trim(m[1], "'"))
	msg := "the password of the replication user stands in `primary_conninfo`; use passfile, or a client certificate"
}

deny contains {"subject": s.id, "path": ["ssl_passphrase_command"], "msg": msg} if {
	s := input.postgresql.server[_]
	some m in regex.find_all_string_submatch_n(`^[ ]*(?:/bin/)?echo[ ]+(?:-n[ ]+)?(.+)$`, lib.text(s.config.ssl_passphrase_command), -1)
	keyed.password_literal(trim(m[1], "\"' "))
	msg := "the passphrase of the server's key stands in `ssl_passphrase_command`; read it from a secret store"
}

deny contains {"subject": r.id, "path": ["options", option], "msg": msg} if {
	r := input.postgresql.access[_]
	some option in options
	keyed.password_literal(r.config.options[option])
	msg := sprintf("`%s` stands here in clear text and so in version control; put it in when the server is deployed", [option])
}
