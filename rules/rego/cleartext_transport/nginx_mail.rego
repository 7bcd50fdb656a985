# METADATA
# title: nginx takes logins of mail in clear text
# custom: {confidence: medium, severity: medium, applies_to: {nginx: [server]}}
package paylint.rules.cleartext_transport.nginx_mail

import data.paylint.nginx

mail contains s if {
	s := input.nginx.server[_]
	s.config.context == "mail"
	not nginx.speaks_tls(s)
	not nginx.flag(s, "ssl") == "on"
}

applies contains s.id if some s in mail

deny contains {"subject": s.id, "path": ["directives", "starttls", i], "msg": msg} if {
	some s in mail
	words := s.config.directives.starttls[i]
	words[0] in {"on", "off"}
	not between_servers(s, words[0])
	msg := "a client may log in without TLS here; write `starttls only`, or listen with ssl"
}

deny contains {"subject": s.id, "path": ["listen", 0], "msg": msg} if {
	some s in mail
	not nginx.set(s, "starttls")
	not nginx.unsure(s)
	msg := "mail and its logins are taken in clear text; write `starttls only`, or listen with ssl"
}

# Mail servers find each other at port 25, and may not demand TLS there.
between_servers(s, "on") if {
	every address in s.config.listen {
		address.port == 25
	}
}
