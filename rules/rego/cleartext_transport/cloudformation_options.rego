# METADATA
# title: Oracle on RDS takes clients without encryption
# custom: {severity: medium, confidence: high, applies_to: {cloudformation: [AWS::RDS::OptionGroup]}}
package paylint.rules.cleartext_transport.cloudformation_options

import data.paylint.lib

# Native encryption of Oracle.
names := {"SQLNET.ENCRYPTION_SERVER"}

settings contains {"r": r, "path": ["OptionConfigurations", i, "OptionSettings", j, "Value"], "name": setting.Name, "value": setting.Value} if {
	r := input.cloudformation["AWS::RDS::OptionGroup"][_]
	setting := r.config.OptionConfigurations[i].OptionSettings[j]
	setting.Name in names
	lib.present(setting, "Value")
}

applies contains setting.r.id if some setting in settings

# Of two sides that would rather not, or would if asked, none encrypts.
deny contains {"subject": setting.r.id, "path": setting.path, "msg": msg} if {
	some setting in settings
	upper(lib.text(setting.value)) in {"REQUESTED", "ACCEPTED", "REJECTED"}
	msg := sprintf("clients of `%s` may connect in plain text (%v); set %v to REQUIRED", [setting.r.name, setting.value, setting.name])
}

unknown contains {"subject": setting.r.id, "reason": "a setting of the database's options is known only at deployment"} if {
	some setting in settings
	lib.is_unknown(setting.value)
}
