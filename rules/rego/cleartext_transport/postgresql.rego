# METADATA
# title: PostgreSQL talks without TLS
# custom: {confidence: high, applies_to: {postgresql: [server, access]}}
package paylint.rules.cleartext_transport.postgresql

import data.paylint.keyed
import data.paylint.lib
import data.paylint.servers

applies contains s.id if {
	s := input.postgresql.server[_]
	some key in ["ssl", "listen_addresses"]
	lib.known(s.config[key])
}

applies contains r.id if {
	r := input.postgresql.access[_]
	lib.known(r.config.address)
	lib.known(r.config.method)
}

local_only(s) if {
	addresses := keyed.listed(s.config.listen_addresses)
	every address in addresses {
		address != "0.0.0.0"
		keyed.is_local(address)
	}
}

deny contains {"subject": s.id, "path": ["ssl"], "msg": msg} if {
	s := input.postgresql.server[_]
	servers.pg_off(s.config.ssl)
	not local_only(s)
	msg := "`ssl` is off: queries, and the account data in them, cross the network unencrypted; switch it on and write hostssl in pg_hba.conf"
}

# Off is the default. What else may say so: another file of the unit, one that is included, the command line.
deny contains {"subject": s.id, "path": ["listen_addresses"], "msg": msg, "confidence": "medium"} if {
	s := input.postgresql.server[_]
	addresses := keyed.listed(s.config.listen_addresses)
	some address in addresses
	not keyed.is_variable(address)
	beyond(address)
	not says_ssl
	msg := "the server listens on the network and `ssl` is not set, which means off; switch it on and write hostssl in pg_hba.conf"
}

beyond(address) if address in {"*", "0.0.0.0", "::"}

beyond(address) if not keyed.is_local(address)

says_ssl if lib.present(input.postgresql.server[_].config, "ssl")

says_ssl if {
	some key in ["include", "include_dir", "include_if_exists"]
	lib.present(input.postgresql.server[_].config, key)
}

deny contains {"subject": s.id, "path": ["primary_conninfo"], "msg": msg} if {
	s := input.postgresql.server[_]
	regex.match(`(?:^|\s)sslmode\s*=\s*'?(?:disable|allow)`, lib.text(s.config.primary_conninfo))
	not regex.match(`(?:^|\s)host\s*=\s*'?(?:/|localhost|127\.)`, lib.text(s.config.primary_conninfo))
	msg := "the standby fetches every change in clear text; write sslmode=verify-full"
}

applies contains s.id if {
	s := input.postgresql.server[_]
	lib.known(s.config.primary_conninfo)
}

# --- pg_hba.conf ------------------------------------------------------------------------------------------------------

lets_in(r) if {
	servers.pg_remote(r)
	lower(lib.text(r.config.method)) != "reject"
}

deny contains {"subject": r.id, "path": ["type"], "msg": msg} if {
	r := input.postgresql.access[_]
	r.config.type == "hostnossl"
	lets_in(r)
	msg := sprintf("this line lets %v in without TLS only; write hostssl", [r.config.address])
}

deny contains {"subject": r.id, "path": ["method"], "msg": msg} if {
	r := input.postgresql.access[_]
	r.config.type == "host"
	lets_in(r)
	lower(lib.text(r.config.method)) == "password"
	msg := "`password` sends the password in clear text, and `host` takes connections without TLS; write hostssl and scram-sha-256"
}

# Clients that ask for no TLS are served without.
deny contains {"subject": r.id, "path": ["type"], "msg": msg, "confidence": "low"} if {
	r := input.postgresql.access[_]
	r.config.type == "host"
	lets_in(r)
	servers.pg_everyone(r)
	lower(lib.text(r.config.method)) != "password"
	msg := "`host` takes connections from any address with or without TLS; write hostssl"
}

deny contains {"subject": r.id, "path": ["method"], "msg": msg, "confidence": "medium"} if {
	r := input.postgresql.access[_]
	lower(lib.text(r.config.method)) == "ldap"
	lets_in(r)
	not ldap_with_tls(r)
	msg := "passwords go to the directory in clear text; add ldaptls=1 or ldapscheme=ldaps"
}

ldap_with_tls(r) if r.config.options.ldaptls == "1"

ldap_with_tls(r) if r.config.options.ldapscheme == "ldaps"

ldap_with_tls(r) if startswith(lib.text(r.config.options.ldapurl), "ldaps://")

ldap_with_tls(r) if lib.has_unknown(r.config.options)

unknown contains {"subject": s.id, "reason": "whether TLS is on is given by a variable"} if {
	s := input.postgresql.server[_]
	lib.is_unknown(s.config.ssl)
}

unknown contains {"subject": r.id, "reason": "who is let in, or how, is given by a variable"} if {
	r := input.postgresql.access[_]
	some key in ["address", "method"]
	lib.is_unknown(r.config[key])
}
