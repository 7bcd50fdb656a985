# METADATA
# title: MySQL offers a broken cipher suite
# custom: {confidence: high, applies_to: {mysql: [server, client]}}
package paylint.rules.weak_tls_cipher.mysql

import data.paylint.lib
import data.paylint.tls

setting contains {"s": s, "path": [key], "value": s.config[key]} if {
	some type in ["server", "client"]
	s := input.mysql[type][_]
	some key in ["ssl_cipher", "admin_ssl_cipher", "group_replication_recovery_ssl_cipher", "tls_ciphersuites"]
	s.config[key] != ""
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": found.path, "msg": msg} if {
	some found in setting
	weak := tls.weak_ciphers(found.value)
	count(weak) > 0
	msg := sprintf("`%s` can be broken or authenticates nobody; offer AEAD suites with forward secrecy only", [weak[0]])
}

unknown contains {"subject": found.s.id, "reason": "the cipher suites are given by a variable"} if {
	some found in setting
	lib.has_unknown(found.value)
}
