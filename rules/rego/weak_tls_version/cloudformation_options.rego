# METADATA
# title: Oracle on RDS lets clients connect with an old TLS version
# custom: {severity: high, confidence: high, applies_to: {cloudformation: [AWS::RDS::OptionGroup]}}
package paylint.rules.weak_tls_version.cloudformation_options

import data.paylint.lib

# The TLS option of Oracle.
names := {"SQLNET.SSL_VERSION"}

settings contains {"r": r, "path": ["OptionConfigurations", i, "OptionSettings", j, "Value"], "name": setting.Name, "value": setting.Value} if {
	r := input.cloudformation["AWS::RDS::OptionGroup"][_]
	setting := r.config.OptionConfigurations[i].OptionSettings[j]
	setting.Name in names
	lib.present(setting, "Value")
}

applies contains setting.r.id if some setting in settings

deny contains {"subject": setting.r.id, "path": setting.path, "msg": msg} if {
	some setting in settings
	lib.tls_too_old(setting.value)
	msg := sprintf("%v of `%s` lets clients connect with an old version (%v); set it to 1.2", [setting.name, setting.r.name, setting.value])
}

unknown contains {"subject": setting.r.id, "reason": "a setting of the database's options is known only at deployment"} if {
	some setting in settings
	lib.is_unknown(setting.value)
}
