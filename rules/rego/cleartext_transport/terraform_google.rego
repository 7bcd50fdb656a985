# METADATA
# title: A Google Cloud service takes or sends data without TLS
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - google_sql_database_instance
#       - google_alloydb_instance
#       - google_redis_instance
#       - google_redis_cluster
#       - google_memorystore_instance
#       - google_compute_target_http_proxy
#       - google_compute_region_target_http_proxy
#       - google_app_engine_standard_app_version
#       - google_app_engine_flexible_app_version
#       - google_cloudfunctions_function
#       - google_cloud_scheduler_job
package paylint.rules.cleartext_transport.terraform_google

import data.paylint.lib

# --- databases --------------------------------------------------------------------------------------------------------

# A clone gets the settings of what it is cloned from.
databases contains {"r": r, "ip": object.get(r.config.settings[0], ["ip_configuration", 0], {})} if {
	r := input.terraform.google_sql_database_instance[_]
	is_object(r.config.settings[0])
	not connectors_only(r.config.settings[0])
}

# Google's connectors and its proxy always use TLS.
connectors_only(settings) if settings.connector_enforcement == "REQUIRED"

connectors_only(settings) if lib.is_unknown(settings.connector_enforcement)

applies contains database.r.id if some database in databases

ip_path := ["settings", 0, "ip_configuration", 0]

deny contains {"subject": database.r.id, "path": array.concat(ip_path, ["ssl_mode"]), "msg": msg} if {
	some database in databases
	database.ip.ssl_mode == "ALLOW_UNENCRYPTED_AND_ENCRYPTED"
	msg := sprintf("database `%s` also takes connections without TLS; set ssl_mode = \"ENCRYPTED_ONLY\"", [database.r.name])
}

# The older argument counts where the newer one is not written.
deny contains {"subject": database.r.id, "path": array.concat(ip_path, ["require_ssl"]), "msg": msg} if {
	some database in databases
	not lib.present(database.ip, "ssl_mode")
	lib.present(database.ip, "require_ssl")
	not lib.truthy(database.ip.require_ssl)
	msg := sprintf("database `%s` also takes connections without TLS; set ssl_mode = \"ENCRYPTED_ONLY\"", [database.r.name])
}

# Both kinds of connection are the default.
deny contains {"subject": database.r.id, "path": array.concat(ip_path, ["ssl_mode"]), "msg": msg} if {
	some database in databases
	lib.known(database.ip)
	not lib.present(database.ip, "ssl_mode")
	not lib.present(database.ip, "require_ssl")
	msg := sprintf("without ssl_mode database `%s` also takes connections without TLS; set it to \"ENCRYPTED_ONLY\"", [database.r.name])
}

unknown contains {"subject": database.r.id, "reason": "whether it requires TLS is known only at apply"} if {
	some database in databases
	lib.is_unknown(database.ip)
}

unknown contains {"subject": database.r.id, "reason": "whether it requires TLS is known only at apply"} if {
	some database in databases
	lib.is_unknown(database.ip.ssl_mode)
}

unknown contains {"subject": r.id, "reason": "whether only connectors are let in is known only at apply"} if {
	r := input.terraform.google_sql_database_instance[_]
	lib.is_unknown(r.config.settings[0].connector_enforcement)
}

applies contains r.id if {
	r := input.terraform.google_alloydb_instance[_]
	lib.present(r.config, "client_connection_config")
}

# ENCRYPTED_ONLY is the default.
deny contains {"subject": r.id, "path": ["client_connection_config", 0, "ssl_config", 0, "ssl_mode"], "msg": msg} if {
	r := input.terraform.google_alloydb_instance[_]
	connections := r.config.client_connection_config[0]
	not lib.truthy(connections.require_connectors)
	not lib.is_unknown(connections.require_connectors)
	connections.ssl_config[0].ssl_mode == "ALLOW_UNENCRYPTED_AND_ENCRYPTED"
	msg := sprintf("database `%s` also takes connections without TLS; set ssl_mode = \"ENCRYPTED_ONLY\"", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it requires TLS is known only at apply"} if {
	r := input.terraform.google_alloydb_instance[_]
	lib.has_unknown(object.get(r.config, "client_connection_config", []))
}

# --- caches -----------------------------------------------------------------------------------------------------------

# What switches TLS on; without the argument it is off.
caches := {
	"google_redis_instance": "SERVER_AUTHENTICATION",
	"google_redis_cluster": "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION",
	"google_memorystore_instance": "SERVER_AUTHENTICATION",
}

applies contains r.id if {
	some type, _ in caches
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["transit_encryption_mode"], "msg": msg} if {
	some type, good in caches
	r := input.terraform[type][_]
	mode := object.get(r.config, "transit_encryption_mode", "DISABLED")
	endswith(lib.text(mode), "DISABLED")
	msg := sprintf("`%s` speaks plain text with its clients; set transit_encryption_mode = \"%s\"", [r.name, good])
}

unknown contains {"subject": r.id, "reason": "whether it uses TLS is known only at apply"} if {
	some type, _ in caches
	r := input.terraform[type][_]
	lib.is_unknown(r.config.transit_encryption_mode)
}

# --- load balancers: plain HTTP is for redirecting --------------------------------------------------------------------

proxy_types := ["google_compute_target_http_proxy", "google_compute_region_target_http_proxy"]

proxies contains r if {
	some type in proxy_types
	r := input.terraform[type][_]
	not inside(r)
}

rules_of(proxy) := [rule |
	some type in ["google_compute_global_forwarding_rule", "google_compute_forwarding_rule"]
	rule := input.terraform[type][_]
	lib.refers(rule, "target", proxy)
]

# 4.2.1 is about open, public networks: an internal balancer is another question.
inside(proxy) if {
	rules := rules_of(proxy)
	count(rules) > 0
	count([rule | some rule in rules; not from_within(rule)]) == 0
}

from_within(rule) if startswith(lib.text(rule.config.load_balancing_scheme), "INTERNAL")

# A regional proxy may be either.
unplaced(proxy) if {
	proxy.type == "google_compute_region_target_http_proxy"
	count(rules_of(proxy)) == 0
}

unplaced(proxy) if {
	some rule in rules_of(proxy)
	lib.is_unknown(rule.config.load_balancing_scheme)
}

url_maps contains {"proxy": proxy.id, "map": map.config} if {
	some proxy in proxies
	some type in ["google_compute_url_map", "google_compute_region_url_map"]
	map := input.terraform[type][_]
	lib.refers(proxy, "url_map", map)
}

serves(map) if lib.present(map, "default_service")

serves(map) if lib.present(map, "default_route_action")

serves(map) if to_plain(map.default_url_redirect[_])

serves(map) if lib.present(map.path_matcher[_], "default_service")

serves(map) if to_plain(map.path_matcher[_].default_url_redirect[_])

to_plain(redirect) if {
	lib.known(redirect)
	not lib.truthy(redirect.https_redirect)
	not lib.is_unknown(redirect.https_redirect)
}

applies contains proxy.id if some proxy in proxies

deny contains {"subject": proxy.id, "path": [], "msg": msg, "confidence": "medium"} if {
	some proxy in proxies
	not unplaced(proxy)
	some item in url_maps
	item.proxy == proxy.id
	serves(item.map)
	msg := sprintf("proxy `%s` serves plain HTTP; serve HTTPS, and let its URL map hold nothing but default_url_redirect { https_redirect = true }", [proxy.name])
}

unknown contains {"subject": proxy.id, "reason": "whether it only redirects cannot be told from here"} if {
	some proxy in proxies
	not told(proxy)
}

unknown contains {"subject": proxy.id, "reason": "whether it is an internal proxy cannot be told from here"} if {
	some proxy in proxies
	unplaced(proxy)
}

told(proxy) if {
	some item in url_maps
	item.proxy == proxy.id
	not lib.has_unknown(object.get(item.map, "default_url_redirect", []))
}

# --- App Engine, functions, jobs --------------------------------------------------------------------------------------

versions := ["google_app_engine_standard_app_version", "google_app_engine_flexible_app_version"]

applies contains r.id if {
	some type in versions
	r := input.terraform[type][_]
	lib.present(r.config.handlers[_], "security_level")
}

deny contains {"subject": r.id, "path": ["handlers", i, "security_level"], "msg": msg} if {
	some type in versions
	r := input.terraform[type][_]
	level := r.config.handlers[i].security_level
	level in {"SECURE_OPTIONAL", "SECURE_NEVER"}
	msg := sprintf("a handler of `%s` answers plain HTTP (%s); set security_level = \"SECURE_ALWAYS\"", [r.name, level])
}

unknown contains {"subject": r.id, "reason": "whether it answers plain HTTP is known only at apply"} if {
	some type in versions
	r := input.terraform[type][_]
	lib.is_unknown(r.config.handlers[_].security_level)
}

applies contains r.id if {
	r := input.terraform.google_cloudfunctions_function[_]
	lib.present(r.config, "https_trigger_security_level")
}

deny contains {"subject": r.id, "path": ["https_trigger_security_level"], "msg": msg} if {
	r := input.terraform.google_cloudfunctions_function[_]
	r.config.https_trigger_security_level == "SECURE_OPTIONAL"
	msg := sprintf("function `%s` answers plain HTTP as well; set https_trigger_security_level = \"SECURE_ALWAYS\"", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it answers plain HTTP is known only at apply"} if {
	r := input.terraform.google_cloudfunctions_function[_]
	lib.is_unknown(r.config.https_trigger_security_level)
}

applies contains r.id if {
	r := input.terraform.google_cloud_scheduler_job[_]
	lib.present(r.config, "http_target")
}

deny contains {"subject": r.id, "path": ["http_target", 0, "uri"], "msg": msg} if {
	r := input.terraform.google_cloud_scheduler_job[_]
	regex.match(`^(?i)\s*http://`, lib.text(r.config.http_target[0].uri))
	msg := sprintf("job `%s` calls its target over plain HTTP; call it with https", [r.name])
}

unknown contains {"subject": r.id, "reason": "what it calls is known only at apply"} if {
	r := input.terraform.google_cloud_scheduler_job[_]
	target := r.config.http_target[0].uri
	lib.is_unknown(target)
	not startswith(object.get(target, "text", ""), "https://")
}
