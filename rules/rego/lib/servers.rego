# What rules on the configuration of databases, caches and brokers share: `import data.paylint.servers`.
#
# METADATA
# title: Servers
package paylint.servers

import data.paylint.keyed
import data.paylint.lib

# --- PostgreSQL -------------------------------------------------------------------------------------------------------

# pg_off(v): a boolean of postgresql.conf that is off, in any of its spellings.
pg_off(v) if lower(lib.text(v)) in {"off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0"}

# pg_remote(r): a line of pg_hba.conf lets other machines in; its address is known.
pg_remote(r) if {
	r.config.type != "local"
	lib.text(r.config.address)
	not pg_loopback(r)
}

# pg_loopback(r): it is for this machine only.
pg_loopback(r) if regex.match(`^(?:127\.[0-9./]*|::1(?:/128)?|localhost|samehost)$`, lib.text(r.config.address))

# pg_everyone(r): it is for any address.
pg_everyone(r) if r.config.address == "all"

pg_everyone(r) if lib.cidr_is_open(r.config.address)

pg_everyone(r) if {
	r.config.address in {"0.0.0.0", "::"}
	r.config.mask in {"0.0.0.0", "::"}
}

# --- MySQL ------------------------------------------------------------------------------------------------------------

# mysql_local(s): the server takes connections of this machine only.
mysql_local(s) if keyed.on(s.config.skip_networking)

mysql_local(s) if {
	addresses := keyed.listed(s.config.bind_address)
	count(addresses) > 0
	every address in addresses {
		address != "0.0.0.0"
		keyed.is_local(address)
	}
}

# --- Redis ------------------------------------------------------------------------------------------------------------

# redis_remote(s): a `bind` line names an address beyond this machine.
redis_remote(s) if {
	some word in split(lib.text(s.config.bind), " ")
	address := trim_prefix(word, "-")
	address != ""
	_redis_beyond(address)
}

_redis_beyond(address) if address in {"*", "0.0.0.0", "::", "::*"}

_redis_beyond(address) if {
	not keyed.is_local(address)
	not keyed.is_variable(address)
}

# redis_is_sentinel(s): it watches over servers and holds no data.
redis_is_sentinel(s) if lib.present(s.config, "sentinel")

# --- Kafka ------------------------------------------------------------------------------------------------------------

# kafka_listeners(s, key): {name, host, protocol} of every listener in `listeners` or `advertised.listeners`; the protocol
# in upper case.
kafka_listeners(s, key) := [{"name": m[1], "host": m[2], "protocol": _protocol(s, m[1])} |
	some m in regex.find_all_string_submatch_n(`([A-Za-z][A-Za-z0-9_-]*)://(\[[0-9a-fA-F:]*\]|[^:, ]*)`, lib.text(s.config[key]), -1)
]

_protocol(s, name) := upper(m[1]) if {
	map := lib.text(s.config["listener.security.protocol.map"])
	some m in regex.find_all_string_submatch_n(concat("", [`(?i)(?:^|[, ])`, name, `:([A-Za-z_]+)`]), map, 1)
} else := upper(name)

# kafka_is_local(host): only this machine reaches a listener there. No host is every interface.
kafka_is_local(host) if {
	not host in {"", "0.0.0.0"}
	keyed.is_local(host)
}

# kafka_hosts(s): the hosts a client's bootstrap.servers names.
kafka_hosts(s) := {host |
	value := s.config[key]
	regex.match(`(?:^|\.)bootstrap\.servers$`, key)
	some host in keyed.hosts(lib.text(value))
}

# --- MongoDB ----------------------------------------------------------------------------------------------------------

# mongo_remote(s): the path of what makes other machines reach the server; by default none does.
mongo_remote(s) := ["net", "bindIpAll"] if keyed.on(s.config.net.bindIpAll)

mongo_remote(s) := ["net", "bindIp"] if {
	not keyed.on(s.config.net.bindIpAll)
	some address in keyed.listed(s.config.net.bindIp)
	not _mongo_local(address)
}

_mongo_local(address) if {
	address != "0.0.0.0"
	keyed.is_local(address)
}

_mongo_local(address) if keyed.is_variable(address)
