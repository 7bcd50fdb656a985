# METADATA
# title: Apache serves plain HTTP only
# description: A load balancer before it may end TLS, which is why this is a hint.
# custom: {confidence: low, severity: low, applies_to: {apache: [virtual_host]}}
package paylint.rules.cleartext_transport.apache_plain

import data.paylint.apache
import data.paylint.lib

applies contains v.id if {
	v := input.apache.virtual_host[_]
	not anything_encrypted
	not behind_a_proxy(v)
}

anything_encrypted if apache.speaks_tls(input.apache.virtual_host[_])

anything_encrypted if apache.speaks_tls(input.apache.server[_])

# It reads what a proxy before it says about the client.
behind_a_proxy(_) if {
	r := apache.levels[_]
	some name in ["remoteipheader", "remoteipproxyprotocol"]
	apache.set(r, name)
}

behind_a_proxy(v) if {
	walk(v.config, [_, value])
	regex.match(`(?i)x-forwarded-(?:proto|ssl)|front-end-https`, lib.text(value))
}

deny contains {"subject": v.id, "path": ["addresses", i], "msg": msg} if {
	v := input.apache.virtual_host[_]
	v.id in applies
	apache.answers(v)
	not apache.unsure(v)
	some i in apache.on_port_80(v)
	msg := "served in clear on port 80, and nothing here serves TLS; unless a load balancer before it does, serve on 443 with SSLEngine on and redirect"
}

unknown contains {"subject": v.id, "reason": "files that are not part of the project may redirect or serve TLS"} if {
	v := input.apache.virtual_host[_]
	v.id in applies
	apache.answers(v)
	apache.unsure(v)
	count(apache.on_port_80(v)) > 0
}
