# METADATA
# title: MySQL logs every statement with its values
# custom: {severity: medium, confidence: medium, applies_to: {mysql: [server]}}
package paylint.rules.pan_logged.mysql

import data.paylint.keyed
import data.paylint.lib

options := {
	"general_log": "every statement is written to a file, with the values in it",
	"log": "every statement is written to a file, with the values in it",
	"log_raw": "passwords in statements are written to the log as they are",
}

applies contains s.id if {
	s := input.mysql.server[_]
	some option, _ in options
	lib.present(s.config, option)
}

deny contains {"subject": s.id, "path": [option], "msg": msg} if {
	s := input.mysql.server[_]
	some option, what in options
	keyed.on(s.config[option])
	msg := sprintf("`%s`: %s, card numbers included; switch it off and use the audit log, which can leave values out", [option, what])
}

unknown contains {"subject": s.id, "reason": "whether statements are logged is given by a variable"} if {
	s := input.mysql.server[_]
	lib.is_unknown(s.config.general_log)
}
