# METADATA
# title: Envoy's admin interface is open to the network
# custom: {confidence: medium, applies_to: {envoy: [admin]}}
package paylint.rules.authentication_off.envoy

import data.paylint.hosts
import data.paylint.lib

applies contains r.id if {
	r := input.envoy.admin[_]
	lib.present(r.config, "address")
}

deny contains {"subject": r.id, "path": ["address", "socket_address", "address"], "msg": msg} if {
	r := input.envoy.admin[_]
	address := lib.text(r.config.address.socket_address.address)
	open(address)
	msg := sprintf("the admin interface has no login and listens on %s: whoever reaches it reads certificates and configuration and stops the proxy; bind it to 127.0.0.1", [address])
}

open(address) if address in {"0.0.0.0", "::"}

open(address) if not hosts.here(lower(address))

unknown contains {"subject": r.id, "reason": "a template or variable says where it listens"} if {
	r := input.envoy.admin[_]
	lib.has_unknown(r.config.address)
}
