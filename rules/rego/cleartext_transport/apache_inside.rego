# METADATA
# title: Apache passes requests on in clear to another machine of the same network
# custom: {confidence: medium, severity: low, applies_to: {apache: [server, virtual_host, location]}}
package paylint.rules.cleartext_transport.apache_inside

import data.paylint.apache
import data.paylint.hosts
import data.paylint.lib

applies contains pass.subject if some pass in apache.passes

deny contains {"subject": pass.subject, "path": pass.path, "msg": msg} if {
	some pass in apache.passes
	not apache.encrypted(pass)
	host := apache.host(pass)
	hosts.inside(host)
	msg := sprintf("requests are passed on to %s in clear; where card data passes, use TLS inside the network as well", [host])
}

unknown contains {"subject": pass.subject, "reason": "a template or variable says where requests go"} if {
	some pass in apache.passes
	lib.is_unknown(pass.url)
}
