# METADATA
# title: An application's settings allow TLS older than the minimum
# custom: {confidence: high, applies_to: {app_settings: [settings]}}
package paylint.rules.weak_tls_version.app_settings

import data.paylint.keyed
import data.paylint.lib

# server.ssl.enabled-protocols, spring.rabbitmq.ssl.algorithm, mail.smtp.ssl.protocols, Kestrel:…:SslProtocols
names_versions(key) if {
	regex.match(`(?:ssl|tls|https)[a-z.]*(?:protocols?|algorithm|versions?)$`, key)
	not regex.match(`securityprotocol|security\.protocol|identification|keymanager|trustmanager|signature|rule|ciphers?versions?`, key)
}

setting contains {"s": s, "path": ["values", key], "value": value, "version": version} if {
	some s in keyed.apps
	value := s.config.values[key]
	names_versions(key)
	some version in versions(value)
}

versions(value) := [value] if is_number(value)

versions(value) := keyed.listed(value) if not is_number(value)

# enabledTLSProtocols=TLSv1,TLSv1.1 in a JDBC URL
setting contains {"s": s, "path": at.path, "value": at.text, "version": version} if {
	some s in keyed.apps
	some at in keyed.texts(s)
	some m in regex.find_all_string_submatch_n(`(?i)[?&;](?:enabledTLSProtocols|tlsVersions|enabledSslProtocolSuites|sslProtocol)=([^&; ]+)`, at.text, -1)
	some version in split(m[1], ",")
}

applies contains found.s.id if some found in setting

too_old(found) if lib.tls_too_old(found.version)

# .NET's name for TLS 1.0
too_old(found) if {
	found.s.config.format == "json"
	lower(lib.text(found.version)) in {"tls", "ssl2", "ssl3"}
}

deny contains {"subject": found.s.id, "path": found.path, "msg": msg} if {
	some found in setting
	too_old(found)
	msg := sprintf("`%v` is allowed here, which can be broken or downgraded; name TLSv1.2 and TLSv1.3 only", [found.version])
}

unknown contains {"subject": s.id, "reason": "the TLS versions are given by a variable"} if {
	some s in keyed.apps
	value := s.config.values[key]
	names_versions(key)
	lib.has_unknown(value)
}
