# METADATA
# title: Oracle on RDS offers weak ciphers to its clients
# custom: {severity: high, confidence: high, applies_to: {terraform: [aws_db_option_group]}}
package paylint.rules.weak_tls_cipher.terraform_aws_options

import data.paylint.lib
import data.paylint.tls

# Suites of TLS, and kinds of Oracle's native encryption.
names := {"SQLNET.ENCRYPTION_TYPES_SERVER", "SQLNET.ENCRYPTION_TYPES_CLIENT", "SQLNET.CIPHER_SUITE", "SQLNET.ALLOW_WEAK_CRYPTO", "SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS"}

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
	weak := tls.weak_ciphers(setting.value)
	count(weak) > 0
	msg := sprintf("%v of `%s` offers %v; leave AES suites only", [setting.name, setting.r.name, concat(", ", weak)])
}

deny contains {"subject": setting.r.id, "path": setting.path, "msg": msg} if {
	some setting in settings
	contains(setting.name, "ALLOW_WEAK_CRYPTO")
	lib.truthy(setting.value)
	msg := sprintf("%v of `%s` lets clients choose RC4, DES and MD5; set it to FALSE", [setting.name, setting.r.name])
}

unknown contains {"subject": setting.r.id, "reason": "a setting of the database's options is known only at apply"} if {
	some setting in settings
	lib.is_unknown(setting.value)
}
