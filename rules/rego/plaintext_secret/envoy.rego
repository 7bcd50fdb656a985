# METADATA
# title: A key or credential stands in Envoy's configuration
# custom: {confidence: medium, applies_to: {envoy: [listener, cluster, secret]}}
package paylint.rules.plaintext_secret.envoy

import data.paylint.lib

resources contains r if {
	some type in ["listener", "cluster", "secret"]
	r := input.envoy[type][_]
}

applies contains r.id if some r in resources

# private_key: {inline_string: ...}, generic_secret: {secret: {inline_string: ...}}
deny contains {"subject": r.id, "path": array.concat(path, [key]), "msg": msg} if {
	some r in resources
	walk(r.config, [path, source])
	holder := path[count(path) - 1]
	holder in {"private_key", "password", "secret", "session_ticket_keys", "token_secret", "hmac_secret"}
	some key in ["inline_string", "inline_bytes"]
	count(lib.text(source[key])) > 5
	msg := sprintf("the %s stands in the configuration and so in version control; use filename, environment_variable or a secret that is fetched (SDS)", [replace(holder, "_", " ")])
}

# request_headers_to_add: [{header: {key: Authorization, value: Basic ...}}]
deny contains {"subject": r.id, "path": array.concat(path, ["value"]), "msg": msg} if {
	some r in resources
	walk(r.config, [path, header])
	path[count(path) - 1] == "header"
	is_credential(header.key, header.value)
	msg := sprintf("the credential in `%s` stands in the configuration and so in version control; use the credential injector with a secret that is fetched (SDS)", [header.key])
}

is_credential(name, value) if {
	lower(lib.text(name)) in {"authorization", "proxy-authorization"}
	regex.match(`(?i)^(?:basic|bearer|token|apikey)\s+[^%$\s{<]{6,}$`, lib.text(value))
}

is_credential(name, value) if {
	lib.secret_name(name)
	lib.secret_value(value)
	not contains(value, "%")
}
