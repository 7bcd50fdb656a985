# METADATA
# title: cert-manager is told to make a short key
# custom: {confidence: high, applies_to: {kubernetes: [Certificate, Ingress]}}
package paylint.rules.weak_key_size.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

# {subject, path, algorithm, size}
keys contains {"subject": s.id, "path": ["spec", "privateKey", "size"], "algorithm": kubernetes.get(key, "algorithm", "RSA"), "size": size} if {
	s := input.kubernetes.Certificate[_]
	kubernetes.in_group(s, "cert-manager.io")
	key := s.config.spec.privateKey
	size := lib.number(key.size)
}

# Its older versions.
keys contains {"subject": s.id, "path": ["spec", "keySize"], "algorithm": kubernetes.get(s.config.spec, "keyAlgorithm", "rsa"), "size": size} if {
	s := input.kubernetes.Certificate[_]
	some group in ["cert-manager.io", "certmanager.k8s.io"]
	kubernetes.in_group(s, group)
	size := lib.number(s.config.spec.keySize)
}

annotated := "cert-manager.io/private-key-size"

keys contains {"subject": s.id, "path": ["metadata", "annotations", annotated], "algorithm": algorithm, "size": size} if {
	s := input.kubernetes.Ingress[_]
	size := lib.number(kubernetes.annotation(s, annotated))
	algorithm := kubernetes.get(s.config.metadata.annotations, "cert-manager.io/private-key-algorithm", "RSA")
}

applies contains key.subject if some key in keys

floor("RSA") := data.settings.minimum_rsa_bits

floor("ECDSA") := data.settings.minimum_ec_bits

deny contains {"subject": key.subject, "path": key.path, "msg": msg} if {
	some key in keys
	key.size < floor(upper(lib.text(key.algorithm)))
	msg := sprintf("%v with %v bits is too short; use at least %v", [upper(key.algorithm), key.size, floor(upper(key.algorithm))])
}
