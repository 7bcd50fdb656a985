# METADATA
# title: A Google Cloud service is set to speak plain text
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - google_apigee_target_server
#       - google_app_engine_flexible_app_version
#       - google_app_engine_standard_app_version
#       - google_dialogflow_cx_webhook
#       - google_monitoring_uptime_check_config
#       - google_network_security_server_tls_policy
#       - google_network_services_edge_cache_origin
#       - google_pubsub_subscription
package paylint.rules.cleartext_transport.terraform_google_services

import data.paylint.blocks
import data.paylint.lib

handlers := {
	"shape": ["handlers", "*", "security_level"], "plain": {"", "secure_default", "secure_unspecified"},
	"what": "answers plain HTTP too, as it does where nothing is said; set security_level = \"SECURE_ALWAYS\"",
}

# What is written where no TLS is needed; "" is nothing.
services := {
	"google_apigee_target_server": {
		"shape": ["s_sl_info", "*", "enabled"], "plain": {"", "false"},
		"what": "is spoken to in plain HTTP; set enabled = true in s_sl_info",
	},
	"google_app_engine_flexible_app_version": handlers,
	"google_app_engine_standard_app_version": handlers,
	"google_network_security_server_tls_policy": {
		"shape": ["allow_open"], "plain": {"true"},
		"what": "also takes connections without TLS; leave allow_open = false",
	},
	"google_network_services_edge_cache_origin": {
		"shape": ["protocol"], "plain": {"http"},
		"what": "fetches from its origin over plain HTTP; set protocol = \"HTTPS\" or \"HTTP2\"",
	},
}

applies contains r.id if {
	some type, service in services
	r := input.terraform[type][_]
	found := blocks.settings(r.config, service.shape)[_]
	judged(found.value, service.plain)
}

judged(value, _) if value != null

judged(_, plain) if "" in plain

deny contains object.union({"subject": r.id, "path": found.path, "msg": msg}, weight(r, found)) if {
	some type, service in services
	r := input.terraform[type][_]
	places := blocks.bad(r.config, service.shape, service.plain)
	found := places[_]
	said_once(found, places)
	msg := sprintf("`%s` %s", [r.name, service.what])
}

# Nobody has said that a handler shall speak plain text.
weight(r, found) := {"severity": "medium"} if {
	startswith(r.type, "google_app_engine_")
	found.value == null
} else := {}

# Handlers of a version are many: the first of them stands for all.
said_once(found, _) if lib.is_unknown(found.value)

said_once(found, places) if {
	known := [place | some place in places; lib.known(place.value)]
	found.path == known[0].path
}

applies contains r.id if r := input.terraform.google_apigee_target_server[_]

deny contains {"subject": r.id, "path": ["s_sl_info"], "msg": msg} if {
	r := input.terraform.google_apigee_target_server[_]
	not lib.present(r.config, "s_sl_info")
	msg := sprintf("without s_sl_info `%s` is spoken to in plain HTTP; add s_sl_info { enabled = true }", [r.name])
}

# Addresses that messages and calls are sent to.
addresses := {
	"google_dialogflow_cx_webhook": ["generic_web_service", "*", "uri"],
	"google_pubsub_subscription": ["push_config", "*", "push_endpoint"],
}

targets contains {"r": r, "path": found.path, "value": found.value} if {
	some type, shape in addresses
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shape)[_]
	found.value != null
}

applies contains target.r.id if some target in targets

deny contains {"subject": target.r.id, "path": target.path, "msg": msg} if {
	some target in targets
	regex.match(`^(?i)\s*http://`, lib.text(target.value))
	msg := sprintf("`%s` sends to %s over plain HTTP; send to an https address", [target.r.name, target.value])
}

unknown contains {"subject": target.r.id, "reason": "where it sends to is known only at apply"} if {
	some target in targets
	lib.is_unknown(target.value)
	not startswith(object.get(target.value, "text", ""), "https://")
}

# A check that logs in sends its password along.
checks contains {"r": r, "check": check, "path": ["http_check", i, "use_ssl"]} if {
	r := input.terraform.google_monitoring_uptime_check_config[_]
	check := r.config.http_check[i]
	lib.present(check, "auth_info")
}

applies contains item.r.id if some item in checks

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in checks
	not lib.truthy(item.check.use_ssl)
	not lib.is_unknown(item.check.use_ssl)
	msg := sprintf("check `%s` sends its password over plain HTTP; set use_ssl = true", [item.r.name])
}

unknown contains {"subject": item.r.id, "reason": "whether it uses TLS is known only at apply"} if {
	some item in checks
	lib.is_unknown(item.check.use_ssl)
}
