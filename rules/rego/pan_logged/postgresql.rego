# METADATA
# title: PostgreSQL logs the values of statements
# custom: {severity: medium, confidence: medium, applies_to: {postgresql: [server]}}
package paylint.rules.pan_logged.postgresql

import data.paylint.keyed
import data.paylint.lib

names := ["log_parameter_max_length_on_error", "pgaudit.log_parameter"]

applies contains s.id if {
	s := input.postgresql.server[_]
	lib.present(s.config, names[_])
}

# 0, the default, writes none.
writes(s, "log_parameter_max_length_on_error") if {
	value := sprintf("%v", [s.config.log_parameter_max_length_on_error])
	lib.known(s.config.log_parameter_max_length_on_error)
	not regex.match(`^0`, value)
}

writes(s, "pgaudit.log_parameter") if keyed.on(s.config["pgaudit.log_parameter"])

deny contains {"subject": s.id, "path": [name], "msg": msg} if {
	s := input.postgresql.server[_]
	some name in names
	writes(s, name)
	msg := sprintf("`%s` writes the values of statements to the log, card numbers included; leave it out", [name])
}

unknown contains {"subject": s.id, "reason": "whether values are logged is given by a variable"} if {
	s := input.postgresql.server[_]
	lib.is_unknown(s.config[names[_]])
}
