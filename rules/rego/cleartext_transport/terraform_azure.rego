# METADATA
# title: An Azure service takes connections without TLS
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_redis_cache
#       - azurerm_redis_enterprise_database
#       - azurerm_managed_redis
#       - azurerm_storage_account
#       - azurerm_postgresql_server
#       - azurerm_mysql_server
#       - azurerm_mariadb_server
#       - azurerm_mysql_flexible_server_configuration
#       - azurerm_postgresql_flexible_server_configuration
#       - azurerm_app_service
#       - azurerm_app_service_slot
#       - azurerm_function_app
#       - azurerm_function_app_slot
#       - azurerm_logic_app_standard
#       - azurerm_linux_web_app
#       - azurerm_linux_web_app_slot
#       - azurerm_windows_web_app
#       - azurerm_windows_web_app_slot
#       - azurerm_linux_function_app
#       - azurerm_linux_function_app_slot
#       - azurerm_windows_function_app
#       - azurerm_windows_function_app_slot
#       - azurerm_function_app_flex_consumption
#       - azurerm_spring_cloud_app
#       - azurerm_container_app
#       - azurerm_application_gateway
#       - azurerm_frontdoor
#       - azurerm_cdn_frontdoor_route
#       - azurerm_cdn_endpoint
#       - azurerm_api_management_api
#       - azurerm_service_fabric_cluster
#       - azurerm_windows_virtual_machine
#       - azurerm_windows_virtual_machine_scale_set
#       - azurerm_virtual_machine
#       - data.azurerm_storage_account_sas
#       - data.azurerm_storage_account_blob_container_sas
#   reads:
#     - [non_ssl_port_enabled]
#     - [enable_non_ssl_port]
#     - [https_traffic_only_enabled]
#     - [enable_https_traffic_only]
#     - [ssl_enforcement_enabled]
#     - [ssl_enforcement]
#     - [https_only]
#     - [site_config, ftps_state]
#     - [client_protocol]
#     - [default_database, client_protocol]
#     - [ingress, allow_insecure_connections]
#     - [http_listener, protocol]
#     - [request_routing_rule, rule_type]
#     - [redirect_configuration, redirect_type]
#     - [routing_rule, accepted_protocols, "*"]
#     - [routing_rule, redirect_configuration, redirect_protocol]
#     - [routing_rule, forwarding_configuration, forwarding_protocol]
#     - [supported_protocols, "*"]
#     - [https_redirect_enabled]
#     - [forwarding_protocol]
#     - [is_http_allowed]
#     - [protocols, "*"]
#     - [winrm_listener, protocol]
#     - [os_profile_windows_config, winrm, protocol]
#     - [fabric_settings, parameters, ClusterProtectionLevel]
package paylint.rules.cleartext_transport.terraform_azure

import data.paylint.lib

# Arguments that let plain text in when they are true, and when they are false. The provider's defaults are right.
open_when_true := {"azurerm_redis_cache": ["non_ssl_port_enabled", "enable_non_ssl_port"]}

open_when_false := {
	"azurerm_storage_account": ["https_traffic_only_enabled", "enable_https_traffic_only"],
	"azurerm_postgresql_server": ["ssl_enforcement_enabled"],
	"azurerm_mysql_server": ["ssl_enforcement_enabled"],
	"azurerm_mariadb_server": ["ssl_enforcement_enabled"],
}

# The name until version 2 of the provider, with "Enabled" or "Disabled".
servers := ["azurerm_postgresql_server", "azurerm_mysql_server", "azurerm_mariadb_server"]

applies contains r.id if {
	some table in [open_when_true, open_when_false]
	some type, _ in table
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, keys in open_when_true
	r := input.terraform[type][_]
	some key in keys
	lib.truthy(r.config[key])
	msg := sprintf("`%s` also answers on its port without TLS; leave %s off", [r.name, key])
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, keys in open_when_false
	r := input.terraform[type][_]
	some key in keys
	lib.falsy(r.config[key])
	msg := sprintf("`%s` also takes connections without TLS; set %s = true", [r.name, key])
}

deny contains {"subject": r.id, "path": ["ssl_enforcement"], "msg": msg} if {
	some type in servers
	r := input.terraform[type][_]
	lower(lib.text(r.config.ssl_enforcement)) == "disabled"
	msg := sprintf("`%s` also takes connections without TLS; set ssl_enforcement = \"Enabled\"", [r.name])
}

# Flexible servers require TLS unless a parameter says otherwise.
parameters contains r if {
	some type in ["azurerm_mysql_flexible_server_configuration", "azurerm_postgresql_flexible_server_configuration"]
	r := input.terraform[type][_]
	lower(lib.text(r.config.name)) == "require_secure_transport"
}

applies contains r.id if some r in parameters

deny contains {"subject": r.id, "path": ["value"], "msg": msg} if {
	some r in parameters
	lower(sprintf("%v", [r.config.value])) in {"off", "0", "false"}
	msg := "require_secure_transport is off: clients may connect without TLS; set it to \"on\""
}

unknown contains {"subject": r.id, "reason": "its value is known only at apply"} if {
	some r in parameters
	lib.is_unknown(r.config.value)
}

# Sites: https_only is false where nothing is written.
apps := [
	"azurerm_app_service",
	"azurerm_app_service_slot",
	"azurerm_function_app",
	"azurerm_function_app_slot",
	"azurerm_logic_app_standard",
	"azurerm_linux_web_app",
	"azurerm_linux_web_app_slot",
	"azurerm_windows_web_app",
	"azurerm_windows_web_app_slot",
	"azurerm_linux_function_app",
	"azurerm_linux_function_app_slot",
	"azurerm_windows_function_app",
	"azurerm_windows_function_app_slot",
	"azurerm_function_app_flex_consumption",
]

applies contains r.id if {
	some type in apps
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["https_only"], "msg": msg} if {
	some type in apps
	r := input.terraform[type][_]
	not lib.truthy(object.get(r.config, "https_only", false))
	msg := sprintf("`%s` also serves plain HTTP; set https_only = true", [r.name])
}

deny contains {"subject": r.id, "path": ["site_config", 0, "ftps_state"], "msg": msg} if {
	some type in apps
	r := input.terraform[type][_]
	r.config.site_config[0].ftps_state == "AllAllowed"
	msg := sprintf("`%s` can be deployed by plain FTP; set ftps_state to \"Disabled\" or \"FtpsOnly\"", [r.name])
}

# An app of Spring Cloud is for the inside unless it is public.
applies contains r.id if {
	r := input.terraform.azurerm_spring_cloud_app[_]
	lib.truthy(r.config.is_public)
}

deny contains {"subject": r.id, "path": ["https_only"], "msg": msg} if {
	r := input.terraform.azurerm_spring_cloud_app[_]
	r.id in applies
	not lib.truthy(object.get(r.config, "https_only", false))
	msg := sprintf("`%s` also serves plain HTTP; set https_only = true", [r.name])
}

applies contains r.id if {
	r := input.terraform.azurerm_container_app[_]
	lib.truthy(r.config.ingress[_].external_enabled)
}

deny contains {"subject": r.id, "path": ["ingress", i, "allow_insecure_connections"], "msg": msg} if {
	r := input.terraform.azurerm_container_app[_]
	lib.truthy(r.config.ingress[i].external_enabled)
	lib.truthy(r.config.ingress[i].allow_insecure_connections)
	msg := sprintf("`%s` also serves plain HTTP; leave allow_insecure_connections off", [r.name])
}

# Redis of the newer kinds: encrypted unless somebody says no.
redis_paths := {
	"azurerm_redis_enterprise_database": ["client_protocol"],
	"azurerm_managed_redis": ["default_database", 0, "client_protocol"],
}

applies contains r.id if {
	some type, _ in redis_paths
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	some type, path in redis_paths
	r := input.terraform[type][_]
	lower(lib.text(object.get(r.config, path, null))) == "plaintext"
	msg := sprintf("`%s` speaks plain text with its clients; set client_protocol = \"Encrypted\"", [r.name])
}

# Application gateway: a listener for plain HTTP is for redirecting.
applies contains r.id if {
	r := input.terraform.azurerm_application_gateway[_]
	lib.present(r.config, "http_listener")
}

plain_listeners contains {"gateway": r, "listener": listener, "path": ["http_listener", i, "protocol"]} if {
	r := input.terraform.azurerm_application_gateway[_]
	listener := r.config.http_listener[i]
	lower(lib.text(listener.protocol)) == "http"
}

# The parts of a gateway name each other. A name that only apply knows is the same as one written in the same words.
label(name) := lib.text(name)

label(name) := lib.text(name.text)

label(name) := concat(".", [name.ref, name.attr])

deny contains {"subject": found.gateway.id, "path": found.path, "msg": msg} if {
	some found in plain_listeners
	name := label(found.listener.name)
	not redirected(found.gateway, name)
	not private_frontend(found.gateway, found.listener)
	msg := sprintf("listener `%s` serves plain HTTP; serve HTTPS, and let this port redirect to it", [name])
}

unknown contains {"subject": found.gateway.id, "reason": "whether its listener redirects is known only at apply"} if {
	some found in plain_listeners
	not label(found.listener.name)
}

redirected(gateway, name) if {
	rule := gateway.config.request_routing_rule[_]
	label(rule.http_listener_name) == name
	redirects_to_https(gateway, label(rule.redirect_configuration_name))
}

redirected(gateway, name) if {
	rule := gateway.config.request_routing_rule[_]
	label(rule.http_listener_name) == name
	paths := gateway.config.url_path_map[_]
	label(paths.name) == label(rule.url_path_map_name)
	redirects_to_https(gateway, label(paths.default_redirect_configuration_name))
}

redirects_to_https(gateway, name) if {
	redirect := gateway.config.redirect_configuration[_]
	label(redirect.name) == name
	leads_to_https(gateway, redirect)
}

leads_to_https(gateway, redirect) if {
	target := gateway.config.http_listener[_]
	label(target.name) == label(redirect.target_listener_name)
	lower(lib.text(target.protocol)) == "https"
}

leads_to_https(_, redirect) if startswith(lower(label(redirect.target_url)), "https://")

# 4.2.1 is about open, public networks: a private address is another question.
private_frontend(gateway, listener) if {
	frontend := gateway.config.frontend_ip_configuration[_]
	label(frontend.name) == label(listener.frontend_ip_configuration_name)
	lib.present(frontend, "subnet_id")
	not lib.present(frontend, "public_ip_address_id")
}

# Front Door, the older kind: a routing rule accepts plain HTTP only, unless it names protocols.
applies contains r.id if r := input.terraform.azurerm_frontdoor[_]

deny contains {"subject": r.id, "path": ["routing_rule", i, "accepted_protocols"], "msg": msg} if {
	r := input.terraform.azurerm_frontdoor[_]
	rule := r.config.routing_rule[i]
	is_object(rule)
	"Http" in lib.as_array(object.get(rule, "accepted_protocols", ["Http"]))
	not route_redirects(rule)
	msg := sprintf("Front Door `%s` takes plain HTTP; accept [\"Https\"] only, and redirect the rest", [r.name])
}

route_redirects(rule) if rule.redirect_configuration[_].redirect_protocol == "HttpsOnly"

deny contains {"subject": r.id, "path": ["routing_rule", i, "forwarding_configuration", 0, "forwarding_protocol"], "msg": msg} if {
	r := input.terraform.azurerm_frontdoor[_]
	r.config.routing_rule[i].forwarding_configuration[0].forwarding_protocol == "HttpOnly"
	msg := sprintf("Front Door `%s` speaks plain HTTP to the origin; set forwarding_protocol = \"HttpsOnly\"", [r.name])
}

# Front Door, the newer kind: it redirects unless told otherwise.
applies contains r.id if r := input.terraform.azurerm_cdn_frontdoor_route[_]

deny contains {"subject": r.id, "path": ["https_redirect_enabled"], "msg": msg} if {
	r := input.terraform.azurerm_cdn_frontdoor_route[_]
	"Http" in lib.as_array(r.config.supported_protocols)
	lib.falsy(r.config.https_redirect_enabled)
	msg := sprintf("route `%s` serves plain HTTP; set https_redirect_enabled = true", [r.name])
}

deny contains {"subject": r.id, "path": ["forwarding_protocol"], "msg": msg} if {
	r := input.terraform.azurerm_cdn_frontdoor_route[_]
	r.config.forwarding_protocol == "HttpOnly"
	msg := sprintf("route `%s` speaks plain HTTP to the origin; set forwarding_protocol = \"HttpsOnly\"", [r.name])
}

# CDN endpoints allow plain HTTP where nothing is written. A delivery rule may redirect it.
applies contains r.id if r := input.terraform.azurerm_cdn_endpoint[_]

deny contains {"subject": r.id, "path": ["is_http_allowed"], "msg": msg} if {
	r := input.terraform.azurerm_cdn_endpoint[_]
	not lib.falsy(object.get(r.config, "is_http_allowed", true))
	not endpoint_redirects(r)
	not endpoint_unclear(r)
	msg := sprintf("endpoint `%s` serves plain HTTP; set is_http_allowed = false, or add a rule that redirects", [r.name])
}

endpoint_unclear(r) if lib.has_unknown(r.config.delivery_rule)

unknown contains {"subject": r.id, "reason": "whether its rules redirect is known only at apply"} if {
	r := input.terraform.azurerm_cdn_endpoint[_]
	not lib.falsy(object.get(r.config, "is_http_allowed", true))
	not endpoint_redirects(r)
	endpoint_unclear(r)
}

endpoint_redirects(r) if {
	rule := r.config.delivery_rule[_]
	not lib.has_unknown(rule)
	rule.url_redirect_action[_].protocol == "Https"
}

applies contains r.id if {
	r := input.terraform.azurerm_api_management_api[_]
	lib.present(r.config, "protocols")
}

deny contains {"subject": r.id, "path": ["protocols", i], "msg": msg} if {
	r := input.terraform.azurerm_api_management_api[_]
	lower(lib.text(r.config.protocols[i])) in {"http", "ws"}
	msg := sprintf("API `%s` may be called without TLS; name \"https\" only", [r.name])
}

# The nodes of a cluster with certificates encrypt and sign, unless told otherwise.
applies contains r.id if r := input.terraform.azurerm_service_fabric_cluster[_]

deny contains {"subject": r.id, "path": ["fabric_settings", i, "parameters", "ClusterProtectionLevel"], "msg": msg} if {
	r := input.terraform.azurerm_service_fabric_cluster[_]
	lower(lib.text(r.config.fabric_settings[i].parameters.ClusterProtectionLevel)) in {"none", "sign"}
	msg := sprintf("the nodes of `%s` talk in plain text; set ClusterProtectionLevel = \"EncryptAndSign\"", [r.name])
}

# Remote administration of Windows.
winrm contains {"subject": r.id, "name": r.name, "listener": listener, "path": ["winrm_listener", i, "protocol"]} if {
	some type in ["azurerm_windows_virtual_machine", "azurerm_windows_virtual_machine_scale_set"]
	r := input.terraform[type][_]
	listener := r.config.winrm_listener[i]
}

winrm contains {"subject": r.id, "name": r.name, "listener": listener, "path": ["os_profile_windows_config", i, "winrm", j, "protocol"]} if {
	r := input.terraform.azurerm_virtual_machine[_]
	listener := r.config.os_profile_windows_config[i].winrm[j]
}

applies contains item.subject if some item in winrm

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in winrm
	lower(lib.text(item.listener.protocol)) == "http"
	msg := sprintf("`%s` is administered over plain HTTP; set protocol = \"Https\" and name a certificate", [item.name])
}

# Signed addresses are for HTTPS only, unless told otherwise.
signed := ["data.azurerm_storage_account_sas", "data.azurerm_storage_account_blob_container_sas"]

applies contains r.id if {
	some type in signed
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["https_only"], "msg": msg} if {
	some type in signed
	r := input.terraform[type][_]
	lib.falsy(r.config.https_only)
	msg := sprintf("signed address `%s` may be used over plain HTTP; leave https_only on", [r.name])
}
