# METADATA
# title: Apache offers a weak cipher suite
# custom: {confidence: high, applies_to: {apache: [server, virtual_host, location]}}
package paylint.rules.weak_tls_cipher.apache

import data.paylint.apache
import data.paylint.lib
import data.paylint.tls

# The protocol may stand before the string: SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256
strings contains entry if {
	r := apache.levels[_]
	some name in ["sslciphersuite", "sslproxyciphersuite"]
	words := lib.as_array(r.config.directives[name][i])
	count(words) > 0
	entry := {"subject": r.id, "path": ["directives", name, i, count(words) - 1], "name": shown[name], "value": words[count(words) - 1]}
}

strings contains entry if {
	r := apache.levels[_]
	words := lib.as_array(r.config.directives.sslopensslconfcmd[i])
	count(words) > 1
	lower(lib.text(words[0])) == "cipherstring"
	entry := {"subject": r.id, "path": ["directives", "sslopensslconfcmd", i, 1], "name": "CipherString", "value": words[1]}
}

shown := {"sslciphersuite": "SSLCipherSuite", "sslproxyciphersuite": "SSLProxyCipherSuite"}

applies contains string.subject if some string in strings

deny contains {"subject": string.subject, "path": string.path, "msg": msg} if {
	some string in strings
	weak := tls.weak_ciphers(string.value)
	count(weak) > 0
	msg := sprintf("%s offers %s; offer suites with ECDHE and AES-GCM or ChaCha20 only", [string.name, concat(", ", weak)])
}

unknown contains {"subject": string.subject, "reason": "a template or variable says which suites"} if {
	some string in strings
	lib.is_unknown(string.value)
}
