# METADATA
# title: Apache accepts or speaks an old TLS version
# custom: {confidence: high, applies_to: {apache: [server, virtual_host, location]}}
package paylint.rules.weak_tls_version.apache

import data.paylint.apache
import data.paylint.lib
import data.paylint.tls

lists contains entry if {
	r := apache.levels[_]
	some name in ["sslprotocol", "sslproxyprotocol"]
	found := apache.in_force(r, name)
	entry := {"subject": r.id, "name": name, "i": found.i, "words": found.words}
}

minimums contains entry if {
	r := apache.levels[_]
	words := lib.as_array(r.config.directives.sslopensslconfcmd[i])
	count(words) > 1
	lower(lib.text(words[0])) == "minprotocol"
	entry := {"subject": r.id, "i": i, "value": words[1]}
}

applies contains list.subject if some list in lists

applies contains minimum.subject if some minimum in minimums

applies contains v.id if {
	v := input.apache.virtual_host[_]
	apache.speaks_tls(v)
}

shown := {"sslprotocol": "SSLProtocol", "sslproxyprotocol": "SSLProxyProtocol"}

deny contains {"subject": list.subject, "path": ["directives", list.name, list.i], "msg": msg} if {
	some list in lists
	old := tls.old_versions(tls.apache_versions(list.words))
	count(old) > 0
	msg := sprintf("%s %s accepts %s, which can be broken; write -all +TLSv1.2 +TLSv1.3", [shown[list.name], concat(" ", [word | word := lib.text(list.words[_])]), concat(", ", old)])
}

deny contains {"subject": minimum.subject, "path": ["directives", "sslopensslconfcmd", minimum.i], "msg": msg} if {
	some minimum in minimums
	lib.tls_too_old(minimum.value)
	msg := sprintf("MinProtocol %s lets connections use a version that can be broken; write TLSv1.2", [minimum.value])
}

unknown contains {"subject": list.subject, "reason": "a template or variable says which versions"} if {
	some list in lists
	lib.has_unknown(list.words)
}

# The default is all but SSL 3.0, less what the library itself refuses.
unknown contains {"subject": v.id, "reason": "SSLProtocol is not set: which versions are on depends on the library"} if {
	v := input.apache.virtual_host[_]
	apache.speaks_tls(v)
	not apache.set(v, "sslprotocol")
	not apache.set_by_certbot(v)
}
