# METADATA
# title: Oracle on RDS lets clients connect with an old TLS version
# custom: {severity: high, confidence: high, applies_to: {terraform: [aws_db_option_group]}}
package paylint.rules.weak_tls_version.terraform_aws_options

import data.paylint.lib

# The TLS option of Oracle.
names := {"SQLNET.SSL_VERSION"}

settings contains {"r": r, "path": ["option", i, "option_settings", j, "value"], "name": setting.name, "value": setting.value} if {
	r := input.terraform.aws_db_option_group[_]
	setting := r.config.option[i].option_settings[j]
	is_object(setting)
	setting.name in names
	lib.present(setting, "value")
}

applies contains setting.r.id if some setting in settings

deny contains {"subject": setting.r.id, "path": setting.path, "msg": msg} if {
	some setting in settings
	lib.tls_too_old(setting.value)
	msg := sprintf("%v of `%s` lets clients connect with an old version (%v); set it to 1.2", [setting.name, setting.r.name, setting.value])
}

unknown contains {"subject": setting.r.id, "reason": "a setting of the database's options is known only at apply"} if {
	some setting in settings
	lib.is_unknown(setting.value)
}
