# METADATA
# title: An ingress or gateway offers a broken cipher suite
# custom: {confidence: high, applies_to: {kubernetes: [Ingress, ConfigMap, Gateway, TLSOption]}}
package paylint.rules.weak_tls_cipher.kubernetes

import data.paylint.lib

settings contains {"subject": s.id, "path": path, "suites": suites} if {
	s := input.kubernetes.Ingress[_]
	key := "nginx.ingress.kubernetes.io/ssl-ciphers"
	suites := lib.cipher_suites(s.config.metadata.annotations[key])
	path := ["metadata", "annotations", key]
}

settings contains {"subject": s.id, "path": ["data", "ssl-ciphers"], "suites": suites} if {
	s := input.kubernetes.ConfigMap[_]
	suites := lib.cipher_suites(s.config.data["ssl-ciphers"])
}

settings contains {"subject": s.id, "path": ["spec", "servers", i, "tls", "cipherSuites", j], "suites": [suite]} if {
	s := input.kubernetes.Gateway[_]
	suite := lib.text(s.config.spec.servers[i].tls.cipherSuites[j])
}

settings contains {"subject": s.id, "path": ["spec", "cipherSuites", i], "suites": [suite]} if {
	s := input.kubernetes.TLSOption[_]
	suite := lib.text(s.config.spec.cipherSuites[i])
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.path, "msg": msg} if {
	some setting in settings
	weak := [suite | some suite in setting.suites; lib.cipher_forbidden(suite)]
	count(weak) > 0
	msg := sprintf("`%s` can be broken or authenticates nobody; offer AEAD suites with forward secrecy only", [weak[0]])
}
