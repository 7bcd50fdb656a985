# METADATA
# title: nginx writes no access log
# custom: {confidence: medium, severity: medium, applies_to: {nginx: [settings, server]}}
package paylint.rules.audit_logging_off.nginx

import data.paylint.lib
import data.paylint.nginx

# Servers that give out something of the application; a redirect alone needs no log.
applies contains s.id if {
	s := input.nginx.server[_]
	nginx.answers(s)
	not only_here(s)
}

only_here(s) if {
	every address in s.config.listen {
		regex.match(`^(?:127\.|localhost|unix:|\[::1\])`, lib.text(address.address))
	}
}

deny contains {"subject": s.id, "path": ["directives", "access_log", i], "msg": msg} if {
	s := input.nginx.server[_]
	s.id in applies
	s.config.directives.access_log[i][0] == "off"
	msg := "access_log off: nobody can say afterwards who asked for what; write a log, and switch it off for static files and probes only"
}

# Who switches it off for all may switch it on in servers that are not here.
applies contains r.id if {
	r := input.nginx.settings[_]
	nginx.set(r, "access_log")
	count(object.get(input.nginx, "server", [])) == 0
}

deny contains {"subject": r.id, "path": ["directives", "access_log", i], "msg": msg, "confidence": "low"} if {
	r := input.nginx.settings[_]
	r.id in applies
	r.config.directives.access_log[i][0] == "off"
	msg := "access_log off: nobody can say afterwards who asked for what; write a log, and switch it off for static files and probes only"
}
