# METADATA
# title: HAProxy writes no log of requests
# custom: {confidence: medium, severity: medium, applies_to: {haproxy: [frontend, listen]}}
package paylint.rules.audit_logging_off.haproxy

import data.paylint.haproxy

applies contains r.id if {
	r := haproxy.listening[_]
	haproxy.leads_on(r)
	not haproxy.set(r, "stats enable")
	not haproxy.set(r, "stats uri")
}

deny contains {"subject": r.id, "path": [], "msg": msg} if {
	r := haproxy.listening[_]
	r.id in applies
	r.config.whole
	not haproxy.set(r, "log")
	msg := sprintf("`%s` has no `log`, and its defaults have none: nobody can say afterwards who asked for what; write log global and option httplog", [r.name])
}

# `no log` takes away what defaults say.
deny contains {"subject": r.id, "path": ["directives", "no log", 0], "msg": msg} if {
	r := haproxy.listening[_]
	r.id in applies
	haproxy.set(r, "log")
	haproxy.set(r, "no log")
	msg := "no log: nobody can say afterwards who asked for what; take the line out"
}

deny contains {"subject": r.id, "path": ["directives", "option dontlog-normal", 0], "msg": msg} if {
	r := haproxy.listening[_]
	r.id in applies
	haproxy.set(r, "option dontlog-normal")
	msg := "dontlog-normal: only failures are logged, so nobody can say afterwards who was given what; take the line out"
}

# `log global` means the targets of the global section.
deny contains {"subject": r.id, "path": ["directives", "log", i], "msg": msg} if {
	r := haproxy.listening[_]
	r.id in applies
	count([words | words := r.config.directives.log[_]; words[0] != "global"]) == 0
	r.config.directives.log[i]
	r.config.whole
	not log_target
	msg := "`log global`, and the global section names no target: nothing is written; add `log` there"
}

log_target if haproxy.set(input.haproxy.global[_], "log")

unknown contains {"subject": r.id, "reason": "global and defaults are not part of the project"} if {
	r := haproxy.listening[_]
	r.id in applies
	not r.config.whole
	not haproxy.set(r, "log")
}

unknown contains {"subject": r.id, "reason": "global and defaults are not part of the project"} if {
	r := haproxy.listening[_]
	r.id in applies
	not r.config.whole
	r.config.directives.log[_][0] == "global"
}
