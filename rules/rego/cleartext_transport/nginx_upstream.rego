# METADATA
# title: nginx passes requests on in clear to a public host
# custom: {confidence: medium, severity: medium, applies_to: {nginx: [location]}}
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

unknown contains {"subject": pass.subject, "reason": "a variable says where requests go"} if {
	some pass in nginx.passes
	not pass.tls == true
	nginx.decided_later(pass)
}
