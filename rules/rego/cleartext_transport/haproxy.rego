# METADATA
# title: What HAProxy serves with TLS it also serves without
# custom: {confidence: medium, applies_to: {haproxy: [frontend, listen]}}
package paylint.rules.cleartext_transport.haproxy

import data.paylint.haproxy
import data.paylint.lib

# Only where TLS ends in HAProxy itself: otherwise something before it may do that.
applies contains r.id if {
	r := haproxy.listening[_]
	lower(lib.text(r.config.mode)) == "http"
	haproxy.leads_on(r)
	haproxy.encrypts
}

deny contains {"subject": r.id, "path": ["bind", i], "msg": msg} if {
	r := haproxy.listening[_]
	r.id in applies
	bind := r.config.bind[i]
	not bind.options.ssl == true
	not for_a_proxy(bind)
	on_port_80(bind)
	not redirects(r)
	not only_incidental(r)
	msg := "served in clear on port 80; write `http-request redirect scheme https unless { ssl_fc }`"
}

on_port_80(bind) if {
	address := bind.addresses[_]
	address.port == "80"
	haproxy.from_elsewhere(address)
}

for_a_proxy(bind) if bind.options["accept-proxy"] == true

# In the frontend, or in a backend it leads to.
redirects(r) if redirects_itself(r)

redirects(r) if {
	some name in ["default_backend", "use_backend"]
	backend := input.haproxy.backend[_]
	backend.name == r.config.directives[name][_][0]
	redirects_itself(backend)
}

redirects_itself(r) if {
	some name in ["redirect", "http-request redirect"]
	words := r.config.directives[name][_]
	text := concat(" ", [word | word := lib.text(words[_])])
	regex.match(`(?i)^scheme (?:https|"https")|(?:location|prefix) .*https:|https://`, text)
}

redirects_itself(r) if {
	some name in ["http-request deny", "http-request reject", "http-request tarpit"]
	regex.match(`ssl_fc`, concat(" ", [word | word := lib.text(r.config.directives[name][_][_])]))
}

# Challenges of certificate authorities and probes only.
only_incidental(r) if {
	not haproxy.set(r, "server")
	every words in [words | some name in ["use_backend", "default_backend"]; words := r.config.directives[name][_]] {
		regex.match(`(?i)acme|letsencrypt|certbot|health|redirect|stats|deny|reject`, lib.text(words[0]))
	}
}

unknown contains {"subject": r.id, "reason": "a template or variable says where it listens"} if {
	r := haproxy.listening[_]
	r.id in applies
	bind := r.config.bind[_]
	not bind.options.ssl == true
	lib.is_unknown(bind.addresses)
	not redirects(r)
}
