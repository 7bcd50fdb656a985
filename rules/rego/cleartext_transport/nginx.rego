# METADATA
# title: What nginx serves with TLS it also serves without
# custom: {confidence: medium, applies_to: {nginx: [server]}}
package paylint.rules.cleartext_transport.nginx

import data.paylint.lib
import data.paylint.nginx

# Only where TLS ends in nginx itself: otherwise a load balancer before it may do that.
applies contains s.id if {
	s := input.nginx.server[_]
	encrypted_too(s)
}

encrypted_too(s) if nginx.speaks_tls(s)

encrypted_too(s) if {
	other := input.nginx.server[_]
	nginx.speaks_tls(other)
	some name in names(other)
	name in names(s)
}

names(s) := {name | name := lib.text(s.config.directives.server_name[_][_]); not name in {"_", "", "localhost"}}

deny contains {"subject": s.id, "path": ["listen", i], "msg": msg} if {
	s := input.nginx.server[_]
	encrypted_too(s)
	nginx.answers(s)
	not nginx.unsure(s)
	some i in nginx.open_plain(s)
	msg := "the same site is served in clear on port 80; answer there with `return 301 https://$host$request_uri;` only"
}

unknown contains {"subject": s.id, "reason": "a redirect may stand in a file that is not part of the project"} if {
	s := input.nginx.server[_]
	encrypted_too(s)
	nginx.answers(s)
	nginx.unsure(s)
	count(nginx.open_plain(s)) > 0
}
