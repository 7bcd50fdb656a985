# METADATA
# title: An application's settings leave its session cookie unprotected
# custom: {confidence: high, applies_to: {app_settings: [settings]}}
package paylint.rules.insecure_cookie.app_settings

import data.paylint.keyed
import data.paylint.lib

# server.servlet.session.cookie.secure, SESSION_COOKIE_SECURE (Django), SESSION_SECURE_COOKIE (Laravel)
flag := `(?:^|\.)session\.(?:cookie\.(?:secure|httponly|http\.only)|secure\.cookie|http\.only)$`

same_site := `(?:^|\.)session\.(?:cookie\.)?same\.?site$`

setting contains {"s": s, "key": key, "value": value} if {
	some s in keyed.apps
	value := s.config.values[key]
	some pattern in [flag, same_site]
	regex.match(pattern, key)
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": ["values", found.key], "msg": msg, "confidence": confidence} if {
	some found in setting
	regex.match(flag, found.key)
	keyed.off(found.value)
	confidence := keyed.confidence(found.s, "remote.example")
	msg := sprintf("`%s` is off: %s; switch it on", [found.s.config.names[found.key], effect[contains(found.key, "secure")]])
}

effect := {
	true: "the session's cookie goes over plain HTTP as well, where anybody on the way takes it",
	false: "any script on the page reads the session's cookie",
}

deny contains {"subject": found.s.id, "path": ["values", found.key], "msg": msg, "confidence": confidence} if {
	some found in setting
	regex.match(same_site, found.key)
	lower(trim_space(lib.text(found.value))) == "none"
	confidence := keyed.confidence(found.s, "remote.example")
	msg := sprintf("`%s` is none: other sites use the session of whoever visits them; write lax or strict", [found.s.config.names[found.key]])
}

unknown contains {"subject": found.s.id, "reason": "how the session's cookie is protected is given by a variable"} if {
	some found in setting
	lib.is_unknown(found.value)
}
