# METADATA
# title: Apache shows its status or a balancer's switches to everybody
# custom: {confidence: medium, severity: medium, applies_to: {apache: [location]}}
package paylint.rules.authentication_off.apache

import data.paylint.apache
import data.paylint.lib

views contains {"r": r, "handler": handler} if {
	r := input.apache.location[_]
	r.config.section in {"location", "locationmatch", "directory", "files"}
	handler := lower(lib.text(r.config.directives.sethandler[_][0]))
	handler in {"server-status", "server-info", "balancer-manager", "ldap-status"}
}

applies contains view.r.id if some view in views

# Somebody is asked for, or kept out. `Require all granted` is neither.
guarded(r) if {
	words := r.config.directives.require[_]
	not lower(concat(" ", [word | word := lib.text(words[_])])) == "all granted"
}

guarded(r) if {
	some name in ["deny", "authtype"]
	apache.set(r, name)
}

guarded(r) if {
	section := within(r)[_]
	words := section.config.directives.require[_]
	not lower(concat(" ", [word | word := lib.text(words[_])])) == "all granted"
}

# <RequireAny> and the like stand in the section.
within(r) := [inner |
	inner := input.apache.location[_]
	startswith(lib.text(inner.config.section), "require")
	inner.config.server == r.config.server
]

deny contains {"subject": view.r.id, "path": ["directives", "sethandler", 0], "msg": msg} if {
	some view in views
	not guarded(view.r)
	not apache.unsure(view.r)
	msg := sprintf("%s answers everybody; write `Require local`, `Require ip` with the monitoring network, or a login", [view.handler])
}

unknown contains {"subject": view.r.id, "reason": "files that are not part of the project may restrict access"} if {
	some view in views
	not guarded(view.r)
	apache.unsure(view.r)
}
