# What rules about HAProxy share: `import data.paylint.haproxy`.
#
# METADATA
# title: Helpers for paylint's rules about HAProxy
package paylint.haproxy

import data.paylint.hosts
import data.paylint.lib

# proxies: frontends, backends and both in one.
proxies contains r if {
	some type in ["frontend", "backend", "listen"]
	r := input.haproxy[type][_]
}

# listening: those with addresses.
listening contains r if {
	some type in ["frontend", "listen"]
	r := input.haproxy[type][_]
}

# set(r, name): the directive is in effect.
set(r, name) if r.config.directives[name][_]

# option_sets: options of TLS: {subject, path, options, side}; `side` is "bind" for what clients get, else "server".
option_sets contains entry if {
	r := listening[_]
	r.config.bind[i]
	entry := {"subject": r.id, "path": ["bind", i, "options"], "options": r.config.bind[i].options, "side": "bind"}
}

option_sets contains entry if {
	r := proxies[_]
	r.config.server[i].options.ssl == true
	entry := {"subject": r.id, "path": ["server", i, "options"], "options": r.config.server[i].options, "side": "server"}
}

option_sets contains entry if {
	r := input.haproxy.global[_]
	some key, side in {"bind_defaults": "bind", "server_defaults": "server"}
	is_object(r.config[key])
	count(r.config[key]) > 0
	entry := {"subject": r.id, "path": [key], "options": r.config[key], "side": side}
}

# encrypts: TLS ends somewhere here.
encrypts if listening[_].config.bind[_].options.ssl == true

# leads_on(r): it passes requests on, and does not only show statistics or redirect.
leads_on(r) if {
	some name in ["default_backend", "use_backend", "server", "server-template"]
	set(r, name)
}

# host(server): the host of one of a proxy's servers; undefined for sockets and variables.
host(server) := hosts.name(_bare(server.address))

_bare(address) := regex.replace(lib.text(address), `^(?:ipv4|ipv6|tcp|tcp4|tcp6)@`, "")

# from_elsewhere(address): one of a bind's addresses that other machines reach.
from_elsewhere(address) if not hosts.here(lib.text(address.address))
