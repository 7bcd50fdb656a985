# METADATA
# title: Apache writes no access log
# custom: {confidence: medium, severity: medium, applies_to: {apache: [server, virtual_host]}}
package paylint.rules.audit_logging_off.apache

import data.paylint.apache

logs := ["customlog", "transferlog", "globallog"]

logged(r) if {
	some name in logs
	apache.set(r, name)
}

serving contains v if {
	v := input.apache.virtual_host[_]
	apache.answers(v)
}

# Without virtual hosts the main server is what answers.
serving contains s if {
	s := input.apache.server[_]
	s.config.whole
	count(object.get(input.apache, "virtual_host", [])) == 0
	apache.set(s, "documentroot")
}

applies contains r.id if {
	some r in serving
	r.config.whole
}

applies contains r.id if {
	some r in serving
	logged(r)
}

# There is no default.
deny contains {"subject": r.id, "path": [], "msg": msg} if {
	some r in serving
	r.config.whole
	not logged(r)
	not apache.unsure(r)
	msg := "no CustomLog here or in the main server: nobody can say afterwards who asked for what; add one"
}

deny contains {"subject": r.id, "path": ["directives", name, i], "msg": msg} if {
	some r in serving
	some name in logs
	targets := [words[0] | words := r.config.directives[name][_]]
	every target in targets {
		target == "/dev/null"
	}
	r.config.directives[name][i]
	msg := "the access log goes to /dev/null: nobody can say afterwards who asked for what; name a file or a pipe"
}

unknown contains {"subject": r.id, "reason": "files that are not part of the project may name a log"} if {
	some r in serving
	not logged(r)
	not r.config.whole
}

unknown contains {"subject": r.id, "reason": "files that are not part of the project may name a log"} if {
	some r in serving
	not logged(r)
	apache.unsure(r)
}
