# METADATA
# title: HAProxy's statistics page or control socket asks nobody who he is
# custom: {confidence: medium, applies_to: {haproxy: [global, frontend, backend, listen]}}
package paylint.rules.authentication_off.haproxy

import data.paylint.haproxy
import data.paylint.hosts
import data.paylint.lib

# Where the page is switched on: the first of these directives.
pages contains {"r": r, "name": shown[0]} if {
	r := haproxy.proxies[_]
	shown := [name | some name in ["stats enable", "stats uri", "stats admin"]; haproxy.set(r, name)]
	count(shown) > 0
	reachable(r)
}

# A backend is reached through frontends.
reachable(r) if r.type == "backend"

reachable(r) if haproxy.from_elsewhere(r.config.bind[_].addresses[_])

reachable(r) if lib.is_unknown(r.config.bind[_].addresses)

guarded(r) if {
	some name in ["stats auth", "stats http-request", "http-request auth", "http-request deny", "http-request reject", "http-request tarpit", "tcp-request connection", "tcp-request content"]
	haproxy.set(r, name)
}

# Clients show a certificate.
guarded(r) if lower(lib.text(r.config.bind[_].options.verify)) == "required"

applies contains page.r.id if some page in pages

deny contains {"subject": page.r.id, "path": ["directives", page.name, 0], "msg": msg} if {
	some page in pages
	not guarded(page.r)
	msg := "the statistics page answers everybody, with the names and states of all servers; add `http-request auth` or `stats auth`, or bind it to 127.0.0.1"
}

applies contains r.id if {
	r := input.haproxy.global[_]
	haproxy.set(r, "stats socket")
}

# A socket on TCP takes commands, without any login; one in the file system is guarded by its mode.
deny contains {"subject": r.id, "path": ["directives", "stats socket", i], "msg": msg} if {
	r := input.haproxy.global[_]
	address := lib.text(r.config.directives["stats socket"][i][0])
	on_tcp(address)
	msg := "the control socket takes commands from the network without a login; use a path in the file system, or 127.0.0.1"
}

on_tcp(address) if {
	found := regex.find_all_string_submatch_n(`^(?:(?:ipv4|ipv6|tcp|tcp4|tcp6)@)?(\[[^\]]*\]|[^/@]*):[0-9]+$`, address, 1)[0]
	not hosts.here(trim(found[1], "[]"))
}

on_tcp(address) if regex.match(`^(?:(?:ipv4|tcp|tcp4)@)?0\.0\.0\.0:[0-9]+$`, address)
