# METADATA
# title: What Apache serves with TLS it also serves without
# custom: {confidence: medium, applies_to: {apache: [virtual_host]}}
package paylint.rules.cleartext_transport.apache

import data.paylint.apache
import data.paylint.lib

# Only where the same site is served with TLS by Apache itself.
applies contains v.id if {
	v := input.apache.virtual_host[_]
	twin(v)
}

twin(v) if {
	other := input.apache.virtual_host[_]
	apache.speaks_tls(other)
	some name in names(other)
	name in names(v)
}

names(v) := {lower(name) |
	some directive in ["servername", "serveralias"]
	name := lib.text(v.config.directives[directive][_][_])
	not name in {"localhost", "_default_"}
}

deny contains {"subject": v.id, "path": ["addresses", i], "msg": msg} if {
	v := input.apache.virtual_host[_]
	v.id in applies
	not apache.speaks_tls(v)
	apache.answers(v)
	not apache.unsure(v)
	some i in apache.on_port_80(v)
	msg := "the same site is served in clear on port 80; answer there with `Redirect permanent / https://…` only"
}

# What browsers are told is TLS.
deny contains {"subject": v.id, "path": ["directives", "sslengine", i], "msg": msg} if {
	v := input.apache.virtual_host[_]
	off_where_tls_belongs(v)
	i := count(v.config.directives.sslengine) - 1
	msg := "SSLEngine is off on port 443: the site answers there in clear text; switch it on"
}

off_where_tls_belongs(v) if {
	apache.flag(v, "sslengine") == "off"
	"sslengine" in v.config.own
	v.config.addresses[_].port == "443"
	apache.answers(v)
}

applies contains v.id if {
	v := input.apache.virtual_host[_]
	off_where_tls_belongs(v)
}

unknown contains {"subject": v.id, "reason": "a redirect may stand in a file that is not part of the project"} if {
	v := input.apache.virtual_host[_]
	v.id in applies
	not apache.speaks_tls(v)
	apache.answers(v)
	apache.unsure(v)
	count(apache.on_port_80(v)) > 0
}
