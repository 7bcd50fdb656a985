# METADATA
# title: Redis accepts TLS older than the minimum
# custom: {confidence: high, applies_to: {redis: [server]}}
package paylint.rules.weak_tls_version.redis

import data.paylint.keyed
import data.paylint.lib

setting contains {"s": s, "key": "tls-protocols", "value": s.config["tls-protocols"]} if {
	s := input.redis.server[_]
	lib.present(s.config, "tls-protocols")
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": [found.key], "msg": msg} if {
	some found in setting
	old := [version | some version in keyed.listed(found.value); lib.tls_too_old(version)]
	count(old) > 0
	msg := sprintf("`%s` is accepted, which can be broken or downgraded; name TLSv1.2 and TLSv1.3 only", [old[0]])
}

unknown contains {"subject": found.s.id, "reason": "the TLS version is given by a variable"} if {
	some found in setting
	lib.has_unknown(found.value)
}
