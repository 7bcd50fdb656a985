# METADATA
# title: HAProxy passes requests on in clear to another machine of the same network
# custom: {confidence: medium, severity: low, applies_to: {haproxy: [backend, listen]}}
package paylint.rules.cleartext_transport.haproxy_inside

import data.paylint.haproxy
import data.paylint.hosts
import data.paylint.lib

# What passes in mode tcp may be encrypted by those who speak through it.
applies contains r.id if {
	some type in ["backend", "listen"]
	r := input.haproxy[type][_]
	lower(lib.text(r.config.mode)) == "http"
	count(lib.as_array(r.config.server)) > 0
}

in_clear contains entry if {
	r := haproxy.proxies[_]
	r.id in applies
	r.config.server[i]
	not r.config.server[i].options.ssl == true
	hosts.inside(haproxy.host(r.config.server[i]))
	entry := {"r": r, "i": i, "host": haproxy.host(r.config.server[i])}
}

# One for a backend: its servers are alike.
deny contains {"subject": one.r.id, "path": ["server", one.i, "address"], "msg": msg} if {
	some one in in_clear
	one.i == min([other.i | some other in in_clear; other.r.id == one.r.id])
	msg := sprintf("requests are passed on to %s in clear; where card data passes, use TLS inside the network as well (ssl verify required ca-file …)", [one.host])
}

unknown contains {"subject": r.id, "reason": "a template or variable says where requests go"} if {
	r := haproxy.proxies[_]
	r.id in applies
	server := r.config.server[_]
	not server.options.ssl == true
	lib.is_unknown(server.address)
}
