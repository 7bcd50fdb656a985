# METADATA
# title: PostgreSQL lets clients in without a password
# custom: {confidence: high, applies_to: {postgresql: [access]}}
package paylint.rules.authentication_off.postgresql

import data.paylint.lib
import data.paylint.servers

applies contains r.id if {
	r := input.postgresql.access[_]
	lib.known(r.config.method)
}

trusts(r) if lower(lib.text(r.config.method)) == "trust"

deny contains {"subject": r.id, "path": ["method"], "msg": msg} if {
	r := input.postgresql.access[_]
	trusts(r)
	servers.pg_remote(r)
	msg := sprintf("`trust` lets anyone at %v log in as %v without a password; use scram-sha-256 or cert", [r.config.address, r.config.user])
}

# Whoever has a shell, or another container of the same pod, is any user of the database.
deny contains {"subject": r.id, "path": ["method"], "msg": msg, "confidence": "low"} if {
	r := input.postgresql.access[_]
	trusts(r)
	not lib.is_unknown(r.config.address)
	not servers.pg_remote(r)
	msg := "`trust` lets any program on this machine log in as any user; use peer or scram-sha-256"
}

# Who says which user of that machine he is, says so himself.
deny contains {"subject": r.id, "path": ["method"], "msg": msg, "confidence": "medium"} if {
	r := input.postgresql.access[_]
	lower(lib.text(r.config.method)) == "ident"
	servers.pg_remote(r)
	msg := "`ident` believes what the other machine says about its user; use scram-sha-256 or cert"
}

unknown contains {"subject": r.id, "reason": "who is let in, or how, is given by a variable"} if {
	r := input.postgresql.access[_]
	lib.is_unknown(r.config.method)
}

unknown contains {"subject": r.id, "reason": "who is let in, or how, is given by a variable"} if {
	r := input.postgresql.access[_]
	trusts(r)
	lib.is_unknown(r.config.address)
}
