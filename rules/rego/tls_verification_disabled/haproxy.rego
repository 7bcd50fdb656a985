# METADATA
# title: HAProxy does not check the certificate of the servers behind it
# custom: {confidence: high, applies_to: {haproxy: [global, frontend, backend, listen]}}
package paylint.rules.tls_verification_disabled.haproxy

import data.paylint.haproxy
import data.paylint.hosts
import data.paylint.lib

# Servers elsewhere that are spoken to with TLS.
spoken_to contains entry if {
	r := haproxy.proxies[_]
	r.config.server[i].options.ssl == true
	not stays_here(r.config.server[i])
	entry := {"r": r, "i": i, "server": r.config.server[i]}
}

stays_here(server) if hosts.here(haproxy.host(server))

stays_here(server) if hosts.here(lib.text(server.address))

applies contains one.r.id if some one in spoken_to

deny contains {"subject": one.r.id, "path": ["server", one.i, "options", "verify"], "msg": msg} if {
	some one in spoken_to
	lower(lib.text(one.server.options.verify)) == "none"
	msg := "verify none: any certificate is accepted, so anybody on the way can answer; write verify required, ca-file and verifyhost"
}

applies contains r.id if {
	r := input.haproxy.global[_]
	haproxy.set(r, "ssl-server-verify")
}

deny contains {"subject": r.id, "path": ["directives", "ssl-server-verify", i], "msg": msg} if {
	r := input.haproxy.global[_]
	words := r.config.directives["ssl-server-verify"][i]
	lower(lib.text(words[0])) == "none"
	msg := "ssl-server-verify none: no server's certificate is checked unless its line says so; write required, and give servers a ca-file"
}

unknown contains {"subject": one.r.id, "reason": "a template or variable says whether certificates are checked"} if {
	some one in spoken_to
	lib.is_unknown(one.server.options.verify)
}
