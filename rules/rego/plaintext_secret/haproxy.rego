# METADATA
# title: A password or credential stands in HAProxy's configuration
# custom: {confidence: medium, applies_to: {haproxy: [defaults, frontend, backend, listen, userlist]}}
package paylint.rules.plaintext_secret.haproxy

import data.paylint.haproxy
import data.paylint.lib

applies contains r.id if {
	some type in ["defaults", "userlist"]
	r := input.haproxy[type][_]
}

applies contains r.id if r := haproxy.proxies[_]

# stats auth user:password
deny contains {"subject": r.id, "path": ["directives", "stats auth", i], "msg": msg} if {
	some type in ["defaults", "frontend", "backend", "listen"]
	r := input.haproxy[type][_]
	parts := split(lib.text(r.config.directives["stats auth"][i][0]), ":")
	count(parts) > 1
	is_password(parts[1])
	msg := "the password of the statistics page stands in the configuration; keep users in a userlist with hashed passwords, in a file of its own"
}

# user name insecure-password password
deny contains {"subject": r.id, "path": ["directives", "user", i], "msg": msg} if {
	r := input.haproxy.userlist[_]
	words := r.config.directives.user[i]
	words[1] == "insecure-password"
	is_password(words[2])
	msg := "insecure-password: the password stands here in clear; write `password` and a SHA-512 hash"
}

is_password(value) if {
	count(lib.text(value)) > 0
	not regex.match(`^[$<{%]|^"?\$`, value)
}

# http-request set-header Authorization "Basic ..."
deny contains {"subject": r.id, "path": ["directives", name, i, 1], "msg": msg} if {
	r := haproxy.proxies[_]
	some name in ["http-request set-header", "http-request add-header"]
	words := r.config.directives[name][i]
	is_credential(words[0], words[1])
	msg := sprintf("the credential in `%s` stands in the configuration and so in version control; take it from the environment or a map file", [words[0]])
}

is_credential(name, value) if {
	lower(lib.text(name)) in {"authorization", "proxy-authorization"}
	regex.match(`(?i)^(?:basic|bearer|token|apikey)\s+[^%$\s{<]{6,}$`, lib.text(value))
}

is_credential(name, value) if {
	lib.secret_name(name)
	lib.secret_value(value)
	not contains(value, "%[")
}

unknown contains {"subject": r.id, "reason": "filled in by a template or the environment"} if {
	some type in ["defaults", "frontend", "backend", "listen"]
	r := input.haproxy[type][_]
	lib.is_unknown(r.config.directives["stats auth"][_][0])
}
