# METADATA
# title: Apache asks a directory about passwords in clear text
# custom: {confidence: medium, applies_to: {apache: [server, virtual_host, location]}}
package paylint.rules.cleartext_transport.apache_directory

import data.paylint.apache
import data.paylint.hosts
import data.paylint.lib

asks contains {"r": r, "i": found.i, "words": found.words} if {
	r := apache.levels[_]
	found := apache.in_force(r, "authldapurl")
}

applies contains item.r.id if some item in asks

deny contains {"subject": item.r.id, "path": ["directives", "authldapurl", item.i, 0], "msg": msg} if {
	some item in asks
	lower(hosts.scheme(item.words[0])) == "ldap"
	not encrypted(item.words)
	not mode_for_all(item.r)
	not hosts.here(hosts.url(item.words[0]).host)
	msg := "every password goes to the directory in clear text; write ldaps://, or add STARTTLS"
}

encrypted(words) if upper(lib.text(words[_])) in {"TLS", "STARTTLS", "SSL"}

mode_for_all(r) if apache.flag(r, "ldaptrustedmode") in {"tls", "starttls", "ssl"}

unknown contains {"subject": item.r.id, "reason": "where the directory is comes from a variable"} if {
	some item in asks
	lib.is_unknown(item.words[0])
}
