# METADATA
# title: PostgreSQL accepts TLS older than the minimum
# custom: {confidence: high, applies_to: {postgresql: [server]}}
package paylint.rules.weak_tls_version.postgresql

import data.paylint.keyed
import data.paylint.lib

setting contains {"s": s, "key": key, "value": s.config[key]} if {
	s := input.postgresql.server[_]
	some key in ["ssl_min_protocol_version", "ssl_max_protocol_version"]
	s.config[key] != ""
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": [found.key], "msg": msg} if {
	some found in setting
	old := [version | some version in keyed.listed(found.value); lib.tls_too_old(version)]
	count(old) > 0
	msg := sprintf("`%s` can be broken or downgraded; let the server speak TLSv1.2 at least", [old[0]])
}

unknown contains {"subject": found.s.id, "reason": "the TLS version is given by a variable"} if {
	some found in setting
	lib.has_unknown(found.value)
}
