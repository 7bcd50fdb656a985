# METADATA
# title: nginx does not check the certificate of the server it passes requests on to
# custom: {confidence: medium, applies_to: {nginx: [location, server]}}
package paylint.rules.tls_verification_disabled.nginx

import data.paylint.hosts
import data.paylint.lib
import data.paylint.nginx

# Requests that leave this machine with TLS.
encrypted contains pass if {
	pass := nginx.passes[_]
	pass.tls == true
	not stays_here(pass)
}

# A server of `stream` passes bytes on, with TLS where it says so.
encrypted contains {"r": s, "subject": s.id, "path": ["directives", "proxy_pass", i], "value": value, "prefix": "proxy", "tls": true} if {
	s := input.nginx.server[_]
	s.config.context == "stream"
	nginx.flag(s, "proxy_ssl") == "on"
	value := s.config.directives.proxy_pass[i][0]
}

stays_here(pass) if {
	to := nginx.hosts_of(pass)
	count(to) > 0
	every host in to {
		hosts.here(host)
	}
}

stays_here(pass) if regex.match(`^[a-z]+://unix:`, lib.text(pass.value))

switch(pass) := sprintf("%s_ssl_verify", [pass.prefix])

applies contains pass.subject if some pass in encrypted

deny contains {"subject": pass.subject, "path": ["directives", name, i], "msg": msg} if {
	some pass in encrypted
	name := switch(pass)
	lower(lib.text(pass.r.config.directives[name][i][0])) == "off"
	msg := sprintf("%s off: any certificate is accepted, so anybody on the way can answer; set it to on, with %s_ssl_trusted_certificate", [name, pass.prefix])
}

# Off is the default.
deny contains {"subject": pass.subject, "path": pass.path, "msg": msg, "confidence": confidence(pass)} if {
	some pass in encrypted
	name := switch(pass)
	not nginx.set(pass.r, name)
	not nginx.unsure(pass.r)
	not nginx.decided_later(pass)
	msg := sprintf("nginx checks no certificates of servers unless told to, so anybody on the way can answer; set %s on, with %s_ssl_trusted_certificate", [name, pass.prefix])
}

# Something may be set around a file that stands alone, if rarely.
confidence(pass) := "medium" if pass.r.config.whole

confidence(pass) := "low" if not pass.r.config.whole

unknown contains {"subject": pass.subject, "reason": sprintf("%s is not set here, and files that may set it are not part of the project", [switch(pass)])} if {
	some pass in encrypted
	not nginx.set(pass.r, switch(pass))
	nginx.unsure(pass.r)
}

unknown contains {"subject": pass.subject, "reason": "a variable says where requests go"} if {
	some pass in encrypted
	not nginx.set(pass.r, switch(pass))
	nginx.decided_later(pass)
}

unknown contains {"subject": pass.subject, "reason": "a template says whether certificates are checked"} if {
	some pass in encrypted
	lib.has_unknown(pass.r.config.directives[switch(pass)])
}
