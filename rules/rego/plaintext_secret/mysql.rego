# METADATA
# title: A password stands in MySQL's option file in plain text
# custom: {confidence: medium, applies_to: {mysql: [server, client]}}
package paylint.rules.plaintext_secret.mysql

import data.paylint.keyed
import data.paylint.lib

names := ["password", "ssl_passphrase", "wsrep_sst_auth", "master_password", "report_password"]

setting contains {"s": s, "name": name, "value": s.config[name]} if {
	some type in ["server", "client"]
	s := input.mysql[type][_]
	some name in names
	lib.present(s.config, name)
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": [found.name], "msg": msg} if {
	some found in setting
	keyed.password_literal(secret(found))
	msg := sprintf("the value of `%s` stands here in clear text and so in version control; put it in when the server is deployed, or use a login path", [found.name])
}

secret(found) := found.value if found.name != "wsrep_sst_auth"

# user:password
secret(found) := concat(":", array.slice(parts, 1, count(parts))) if {
	found.name == "wsrep_sst_auth"
	parts := split(lib.text(found.value), ":")
}
