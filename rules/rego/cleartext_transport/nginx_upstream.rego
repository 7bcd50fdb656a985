# METADATA
# title: nginx passes requests on in clear to a public host
# custom: {confidence: medium, severity: medium, applies_to: {nginx: [location, server]}}
package paylint.rules.cleartext_transport.nginx_upstream

import data.paylint.hosts
import data.paylint.nginx

applies contains pass.subject if some pass in nginx.passes

deny contains {"subject": pass.subject, "path": pass.path, "msg": msg} if {
	some pass in nginx.passes
	pass.tls == false
	some host in nginx.hosts_of(pass)
	hosts.outside(host)
	msg := sprintf("requests are passed on to %s in clear, over networks of others; use TLS on the way there", [host])
}

# A server of `stream` passes bytes on as they come, unless proxy_ssl is on: encrypted perhaps by those who speak through
# it, but not where it ends TLS itself.
ends_here contains s if {
	s := input.nginx.server[_]
	s.config.context == "stream"
	nginx.speaks_tls(s)
	not nginx.flag(s, "proxy_ssl") == "on"
	nginx.set(s, "proxy_pass")
}

applies contains s.id if some s in ends_here

deny contains {"subject": s.id, "path": ["directives", "proxy_pass", i], "msg": msg} if {
	some s in ends_here
	host := hosts.name(s.config.directives.proxy_pass[i][0])
	hosts.outside(host)
	msg := sprintf("TLS ends here and what comes is passed on to %s in clear, over networks of others; switch proxy_ssl on", [host])
}

unknown contains {"subject": pass.subject, "reason": "a variable says where requests go"} if {
	some pass in nginx.passes
	not pass.tls == true
	nginx.decided_later(pass)
}
