# METADATA
# title: An ingress, gateway or mesh accepts an old TLS version
# custom: {confidence: high, applies_to: {kubernetes: [Ingress, ConfigMap, Gateway, TLSOption]}}
package paylint.rules.weak_tls_version.kubernetes

import data.paylint.lib

# A setting that lists every accepted version, or names the lowest: {subject, path, value}.
settings contains {"subject": s.id, "path": path, "value": value} if {
	s := input.kubernetes.Ingress[_]
	key := "nginx.ingress.kubernetes.io/ssl-protocols"
	value := lib.text(s.config.metadata.annotations[key])
	path := ["metadata", "annotations", key]
}

# ingress-nginx's own settings.
settings contains {"subject": s.id, "path": ["data", "ssl-protocols"], "value": value} if {
	s := input.kubernetes.ConfigMap[_]
	value := lib.text(s.config.data["ssl-protocols"])
}

settings contains {"subject": s.id, "path": ["spec", "servers", i, "tls", "minProtocolVersion"], "value": value} if {
	s := input.kubernetes.Gateway[_]
	value := lib.text(s.config.spec.servers[i].tls.minProtocolVersion)
	value != "TLS_AUTO"
}

settings contains {"subject": s.id, "path": ["spec", "minVersion"], "value": value} if {
	s := input.kubernetes.TLSOption[_]
	value := lib.text(s.config.spec.minVersion)
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.path, "msg": msg} if {
	some setting in settings
	lib.tls_too_old(setting.value)
	msg := sprintf("`%s` accepts a TLS version that can be broken; leave TLSv1.2 and TLSv1.3 only", [setting.value])
}
