# METADATA
# title: An application's settings offer a broken cipher suite
# custom: {confidence: high, applies_to: {app_settings: [settings]}}
package paylint.rules.weak_tls_cipher.app_settings

import data.paylint.keyed
import data.paylint.lib
import data.paylint.tls

names_ciphers(key) if {
	regex.match(`(?:ssl|tls|https)[a-z.]*cipher[a-z.]*$`, key)
	not regex.match(`exclude|disabled|forbidden|blacklist|denylist|deny|disallow|order|preference`, key)
}

setting contains {"s": s, "path": ["values", key], "weak": tls.weak_ciphers(value)} if {
	some s in keyed.apps
	value := s.config.values[key]
	names_ciphers(key)
	not is_array(value)
	count(tls.suites(value)) > 0
}

setting contains {"s": s, "path": ["values", key, i], "weak": weak} if {
	some s in keyed.apps
	value := s.config.values[key]
	names_ciphers(key)
	is_array(value)
	count(tls.suites(value)) > 0
	some i, _ in value
	weak := [word.text | some word in tls.weak_words(value); word.item == i]
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": found.path, "msg": msg} if {
	some found in setting
	count(found.weak) > 0
	msg := sprintf("`%s` can be broken or authenticates nobody; offer AEAD suites with forward secrecy only", [found.weak[0]])
}

unknown contains {"subject": s.id, "reason": "the cipher suites are given by a variable"} if {
	some s in keyed.apps
	value := s.config.values[key]
	names_ciphers(key)
	lib.has_unknown(value)
}
