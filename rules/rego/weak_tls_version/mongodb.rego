# METADATA
# title: MongoDB accepts TLS older than the minimum
# custom: {confidence: medium, applies_to: {mongodb: [server]}}
package paylint.rules.weak_tls_version.mongodb

import data.paylint.keyed
import data.paylint.lib

setting contains {"s": s, "path": ["net", section, "disabledProtocols"], "refused": keyed.listed(s.config.net[section].disabledProtocols)} if {
	s := input.mongodb.server[_]
	some section in ["tls", "ssl"]
	lib.known(s.config.net[section].disabledProtocols)
}

applies contains found.s.id if some found in setting

# What stands here replaces the built-in list, so TLS 1.0 must be named, too.
deny contains {"subject": found.s.id, "path": found.path, "msg": msg} if {
	some found in setting
	left := [version | some version in ["TLS1_0", "TLS1_1"]; not version in found.refused; lib.tls_too_old(version)]
	count(left) > 0
	msg := sprintf("%s is not refused here; write disabledProtocols: TLS1_0,TLS1_1", [left[0]])
}

unknown contains {"subject": s.id, "reason": "the refused versions are given by a variable"} if {
	s := input.mongodb.server[_]
	some section in ["tls", "ssl"]
	lib.has_unknown(s.config.net[section].disabledProtocols)
}
