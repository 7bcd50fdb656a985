# METADATA
# title: nginx shows its status or takes configuration from everybody
# custom: {confidence: medium, severity: low, applies_to: {nginx: [location]}}
package paylint.rules.authentication_off.nginx

import data.paylint.hosts
import data.paylint.lib
import data.paylint.nginx

# Directives that open a view on the server itself; `api write=on` changes it.
views := {"stub_status", "status", "api"}

shown contains {"r": r, "name": name} if {
	r := input.nginx.location[_]
	some name in views
	own := r.config.own[_]
	own == name
}

applies contains view.r.id if some view in shown

guarded(r) if {
	some name in ["deny", "auth_request"]
	nginx.set(r, name)
}

guarded(r) if {
	nginx.set(r, "auth_basic")
	not nginx.flag(r, "auth_basic") == "off"
}

guarded(r) if nginx.set(r, "internal")

# Only this machine, or a network of one's own, gets there.
guarded(r) if {
	count(lib.as_array(r.config.listen)) > 0
	every address in r.config.listen {
		closed(address)
	}
}

closed(listen) if {
	host := trim(lib.text(listen.address), "[]")
	not host in {"", "0.0.0.0", "::"}
	hosts.here(host)
}

closed(listen) if hosts.inside(trim(lib.text(listen.address), "[]"))

deny contains {"subject": view.r.id, "path": ["directives", view.name, 0], "msg": msg} if {
	some view in shown
	not guarded(view.r)
	not nginx.unsure(view.r)
	msg := sprintf("%s answers everybody; add `allow` for the monitoring network and `deny all`, or auth_basic", [view.name])
}

unknown contains {"subject": view.r.id, "reason": "files that are not part of the project may restrict access"} if {
	some view in shown
	not guarded(view.r)
	nginx.unsure(view.r)
}
