# METADATA
# title: HAProxy accepts or speaks an old TLS version
# custom: {confidence: high, applies_to: {haproxy: [global, frontend, backend, listen]}}
package paylint.rules.weak_tls_version.haproxy

import data.paylint.haproxy
import data.paylint.lib

applies contains found.subject if {
	some found in haproxy.option_sets
	about_tls(found)
}

about_tls(found) if found.options.ssl == true

about_tls(found) if count(found.path) == 1

# Left out, the minimum is TLS 1.2, and the older no-sslv3 and no-tlsv10 change nothing about it.
deny contains {"subject": found.subject, "path": array.concat(found.path, [name]), "msg": msg} if {
	some found in haproxy.option_sets
	about_tls(found)
	some name in ["ssl-min-ver", "ssl-max-ver"]
	lib.tls_too_old(found.options[name])
	msg := sprintf("%s %s lets connections use a version that can be broken; write ssl-min-ver TLSv1.2", [name, found.options[name]])
}

deny contains {"subject": found.subject, "path": array.concat(found.path, [name]), "msg": msg} if {
	some found in haproxy.option_sets
	about_tls(found)
	some name in ["force-sslv3", "force-tlsv10", "force-tlsv11"]
	found.options[name] == true
	msg := sprintf("%s leaves nothing but a version that can be broken; write ssl-min-ver TLSv1.2", [name])
}

unknown contains {"subject": found.subject, "reason": "a template or variable says which version is the oldest"} if {
	some found in haproxy.option_sets
	about_tls(found)
	lib.is_unknown(found.options["ssl-min-ver"])
}
