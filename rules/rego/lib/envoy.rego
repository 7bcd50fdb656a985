# What rules about Envoy share: `import data.paylint.envoy`.
#
# METADATA
# title: Helpers for paylint's rules about Envoy
package paylint.envoy

import data.paylint.hosts
import data.paylint.lib

# resources: listeners and clusters.
resources contains r if {
	some type in ["listener", "cluster"]
	r := input.envoy[type][_]
}

# tls_contexts: {r, subject, path, context, side}: settings of TLS; `side` is "Downstream" for what clients get, else
# "Upstream".
tls_contexts contains {"r": r, "subject": r.id, "path": path, "context": context, "side": side} if {
	r := resources[_]
	walk(r.config, [path, context])
	some side in ["Downstream", "Upstream"]
	endswith(lib.text(context["@type"]), sprintf(".%sTlsContext", [side]))
}

# QUIC holds them without a type.
tls_contexts contains {"r": r, "subject": r.id, "path": path, "context": context, "side": side} if {
	r := resources[_]
	walk(r.config, [path, context])
	is_object(context)
	some key, side in {"downstream_tls_context": "Downstream", "upstream_tls_context": "Upstream"}
	path[count(path) - 1] == key
}

# Before API v3 a filter chain or a cluster held them itself.
tls_contexts contains {"r": r, "subject": r.id, "path": path, "context": context, "side": _sides[r.type]} if {
	r := resources[_]
	walk(r.config, [path, context])
	is_object(context)
	path[count(path) - 1] == "tls_context"
}

_sides := {"listener": "Downstream", "cluster": "Upstream"}

# encrypted(holder): a filter chain or a cluster has a transport socket that is more than the bytes as they are.
encrypted(holder) if {
	some key in ["transport_socket", "transport_socket_matches"]
	lib.present(holder, key)
	not _raw(holder[key])
}

encrypted(holder) if lib.present(holder, "tls_context")

_raw(socket) if endswith(lib.text(socket.typed_config["@type"]), ".RawBuffer")

_raw(socket) if lib.text(socket.name) == "envoy.transport_sockets.raw_buffer"

# targets: {cluster, path, host}: the hosts a cluster's endpoints name; undefined for those that come over the network.
targets contains entry if {
	r := input.envoy.cluster[_]
	walk(r.config.load_assignment, [below, socket])
	below[count(below) - 1] == "socket_address"
	path := array.concat(["load_assignment"], below)
	entry := {"cluster": r.id, "path": array.concat(path, ["address"]), "host": lower(lib.text(socket.address))}
}

targets contains {"cluster": r.id, "path": ["hosts", i, "socket_address", "address"], "host": lower(lib.text(host.socket_address.address))} if {
	r := input.envoy.cluster[_]
	host := r.config.hosts[i]
}

# stays_here(r): all a cluster's endpoints are on this machine.
stays_here(r) if {
	to := [target.host | some target in targets; target.cluster == r.id]
	count(to) > 0
	every host in to {
		hosts.here(host)
	}
}

# passed_through(r): bytes go to this cluster as they come, perhaps encrypted by those who speak through Envoy.
passed_through(r) if {
	walk(input.envoy.listener[_].config, [_, filter])
	endswith(lib.text(filter["@type"]), ".TcpProxy")
	filter.cluster == r.name
}

# http_chains: {r, path, chain, manager}: the filter chains of a listener that speak HTTP.
http_chains contains {"r": r, "path": ["filter_chains", i], "chain": chain, "manager": manager, "at": ["filter_chains", i, "filters", j, "typed_config"]} if {
	r := input.envoy.listener[_]
	chain := r.config.filter_chains[i]
	manager := chain.filters[j].typed_config
	endswith(lib.text(manager["@type"]), ".HttpConnectionManager")
}

# forwards(manager): it hands requests on to a cluster, and does not only redirect or answer by itself.
forwards(manager) if is_object(manager.route_config.virtual_hosts[_].routes[_].route)

# redirects(manager): some virtual host sends everybody to HTTPS.
redirects(manager) if manager.route_config.virtual_hosts[_].require_tls in {"ALL", "EXTERNAL_ONLY"}

redirects(manager) if manager.route_config.virtual_hosts[_].routes[_].redirect.https_redirect == true

# listens_outside(r): other machines reach the listener's address.
listens_outside(r) if {
	address := lib.text(r.config.address.socket_address.address)
	address in {"0.0.0.0", "::"}
}

# port(r): the listener's port.
port(r) := lib.number(r.config.address.socket_address.port_value)
