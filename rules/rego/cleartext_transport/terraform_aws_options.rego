# METADATA
# title: Oracle on RDS takes clients without encryption
# custom: {severity: medium, confidence: high, applies_to: {terraform: [aws_db_option_group]}}
package paylint.rules.cleartext_transport.terraform_aws_options

import data.paylint.lib

# Native encryption of Oracle.
names := {"SQLNET.ENCRYPTION_SERVER"}

settings contains {"r": r, "path": ["option", i, "option_settings", j, "value"], "name": setting.name, "value": setting.value} if {
	r := input.terraform.aws_db_option_group[_]
	setting := r.config.option[i].option_settings[j]
	is_object(setting)
	setting.name in names
	lib.present(setting, "value")
}

applies contains setting.r.id if some setting in settings

# Of two sides that would rather not, or would if asked, none encrypts.
deny contains {"subject": setting.r.id, "path": setting.path, "msg": msg} if {
	some setting in settings
	upper(lib.text(setting.value)) in {"REQUESTED", "ACCEPTED", "REJECTED"}
	msg := sprintf("clients of `%s` may connect in plain text (%v); set %v to REQUIRED", [setting.r.name, setting.value, setting.name])
}

unknown contains {"subject": setting.r.id, "reason": "a setting of the database's options is known only at apply"} if {
	some setting in settings
	lib.is_unknown(setting.value)
}
