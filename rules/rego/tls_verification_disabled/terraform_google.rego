# METADATA
# title: Google Cloud does not check the certificate of what it connects to
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - google_apigee_target_server
#       - google_integration_connectors_connection
#       - google_monitoring_uptime_check_config
#       - google_sql_database_instance
package paylint.rules.tls_verification_disabled.terraform_google

import data.paylint.blocks
import data.paylint.lib

switches := {
	"google_apigee_target_server": {"shape": ["s_sl_info", "*", "ignore_validation_errors"], "off": {"true"}, "good": "leave ignore_validation_errors = false"},
	"google_sql_database_instance": {"shape": ["replica_configuration", "*", "verify_server_certificate"], "off": {"false"}, "good": "set verify_server_certificate = true"},
	"google_integration_connectors_connection": {"shape": ["ssl_config", "*", "trust_model"], "off": {"insecure"}, "good": "set trust_model = \"PUBLIC\" or \"PRIVATE\""},
}

settings contains {"r": r, "path": found.path, "value": found.value, "switch": switch} if {
	some type, switch in switches
	r := input.terraform[type][_]
	found := blocks.settings(r.config, switch.shape)[_]
	found.value != null
}

applies contains found.r.id if some found in settings

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in settings
	blocks.spelled(found.value) in found.switch.off
	msg := sprintf("`%s` takes any certificate for its peer's; %s", [found.r.name, found.switch.good])
}

unknown contains {"subject": found.r.id, "reason": "whether it checks certificates is known only at apply"} if {
	some found in settings
	lib.is_unknown(found.value)
}

# A check without a password has nothing to lose.
checks contains {"r": r, "check": check, "path": ["http_check", i, "validate_ssl"]} if {
	r := input.terraform.google_monitoring_uptime_check_config[_]
	check := r.config.http_check[i]
	lib.present(check, "auth_info")
	lib.truthy(check.use_ssl)
}

applies contains item.r.id if some item in checks

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in checks
	not lib.truthy(item.check.validate_ssl)
	not lib.is_unknown(item.check.validate_ssl)
	msg := sprintf("check `%s` sends its password to whoever answers, with any certificate; set validate_ssl = true", [item.r.name])
}

unknown contains {"subject": item.r.id, "reason": "whether it checks certificates is known only at apply"} if {
	some item in checks
	lib.is_unknown(item.check.validate_ssl)
}
