# METADATA
# title: nginx serves plain HTTP only
# description: A load balancer before it may end TLS, which is why this is a hint.
# custom: {confidence: low, severity: low, applies_to: {nginx: [server]}}
package paylint.rules.cleartext_transport.nginx_plain

import data.paylint.lib
import data.paylint.nginx

applies contains s.id if {
	s := input.nginx.server[_]
	s.config.context == "http"
	not anything_encrypted
	not behind_a_proxy(s)
}

anything_encrypted if nginx.speaks_tls(input.nginx.server[_])

# It reads what a proxy before it says about the client.
behind_a_proxy(s) if nginx.set(s, "set_real_ip_from")

behind_a_proxy(_) if nginx.set(input.nginx.settings[_], "set_real_ip_from")

behind_a_proxy(s) if s.config.listen[_].proxied == true

behind_a_proxy(s) if {
	walk(s.config, [_, value])
	regex.match(`(?i)http_x_forwarded_proto|http_cloudfront_forwarded_proto|http_x_forwarded_ssl`, lib.text(value))
}

deny contains {"subject": s.id, "path": ["listen", i], "msg": msg} if {
	s := input.nginx.server[_]
	s.id in applies
	nginx.answers(s)
	not nginx.unsure(s)
	some i in nginx.open_plain(s)
	msg := "served in clear on port 80, and nothing here serves TLS; unless a load balancer before it does, listen on 443 ssl and redirect"
}

unknown contains {"subject": s.id, "reason": "files that are not part of the project may redirect or serve TLS"} if {
	s := input.nginx.server[_]
	s.id in applies
	nginx.answers(s)
	nginx.unsure(s)
	count(nginx.open_plain(s)) > 0
}
