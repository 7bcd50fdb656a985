# METADATA
# title: nginx writes the bodies of requests to its log
# custom: {severity: medium, confidence: medium, applies_to: {nginx: [settings, server]}}
package paylint.rules.pan_logged.nginx

import data.paylint.lib

# Formats belong to `http` and `stream`; a file that stands alone may hold one at its top.
formats contains {"r": r, "i": i, "j": j, "word": words[j]} if {
	some type in ["settings", "server"]
	r := input.nginx[type][_]
	words := r.config.directives.log_format[i]
	words[j]
	j > 0
}

applies contains format.r.id if some format in formats

deny contains {"subject": format.r.id, "path": ["directives", "log_format", format.i, format.j], "msg": msg} if {
	some format in formats
	some name in ["request_body", "resp_body"]
	regex.match(sprintf(`\$\{?%s`, [name]), lib.text(format.word))
	msg := sprintf("$%s puts what customers send, card numbers included, into the access log; leave it out", [name])
}
