# METADATA
# title: An application's settings open a console or a service to everyone
# custom: {confidence: medium, severity: medium, applies_to: {app_settings: [settings]}}
package paylint.rules.authentication_off.app_settings

import data.paylint.keyed
import data.paylint.lib

applies contains s.id if some s in keyed.apps

deny contains {"subject": found.s.id, "path": found.path, "msg": found.msg, "confidence": confidence} if {
	some found in open
	confidence := keyed.confidence(found.s, "remote.example")
	not keyed.near(found.s, confidence)
}

# name of a switch that takes the login away -> what it does
switches_off := {
	"management.security.enabled": "the management endpoints answer anyone",
	"security.basic.enabled": "no request needs a login",
	"micronaut.security.enabled": "no request needs a login",
	"endpoints.sensitive": "the management endpoints answer anyone",
	"endpoints.all.sensitive": "the management endpoints answer anyone",
}

switches_on := {
	"allow.empty.password": "the server is set up without a password",
	"mysql.allow.empty.password": "root is set up without a password",
	"mariadb.allow.empty.root.password": "root is set up without a password",
	"skipacl": "anyone reads and changes every node",
	"allow.anonymous.login": "anyone may connect without a login",
	"spring.h2.console.settings.weballowothers": "other machines reach the database console, which runs any code",
}

open contains {"s": s, "path": ["values", key], "msg": msg} if {
	some s in keyed.apps
	some key, effect in switches_off
	keyed.off(s.config.values[key])
	msg := sprintf("`%s` is off: %s; leave it on", [s.config.names[key], effect])
}

open contains {"s": s, "path": ["values", key], "msg": msg} if {
	some s in keyed.apps
	some key, effect in switches_on
	keyed.on(s.config.values[key])
	not console_is_off(s, key)
	msg := sprintf("`%s` is on: %s; take it out", [s.config.names[key], effect])
}

console_is_off(s, key) if {
	startswith(key, "spring.h2.console.")
	not keyed.on(s.config.values["spring.h2.console.enabled"])
}

open contains {"s": s, "path": ["values", key], "msg": msg} if {
	some s in keyed.apps
	key := "postgres.host.auth.method"
	lower(lib.text(s.config.values[key])) == "trust"
	msg := "`trust` lets anyone who reaches the database log in as anybody; use scram-sha-256"
}

# Heap dumps, the environment and the loggers of a running service, on the port that customers reach.
exposure := "management.endpoints.web.exposure.include"

open contains {"s": s, "path": ["values", exposure], "msg": msg} if {
	some s in keyed.apps
	"*" in keyed.listed(s.config.values[exposure])
	not lib.present(s.config.values, "management.endpoints.web.exposure.exclude")
	not keyed.is_local(s.config.values["management.server.address"])
	not is_negative(s.config.values["management.server.port"])
	not keyed.off(s.config.values["management.endpoints.enabledbydefault"])
	not is_none(s.config.values["management.endpoints.access.default"])
	msg := "every management endpoint is served, heap dump and environment with their secrets included; name those that are needed (health, info, prometheus)"
}

unknown contains {"subject": s.id, "reason": "which endpoints are served is given by a variable"} if {
	some s in keyed.apps
	lib.has_unknown(s.config.values[exposure])
}

is_none(v) if lower(lib.text(v)) == "none"

is_negative(v) if lib.number(v) < 0

unknown contains {"subject": s.id, "reason": "whether a login is asked for is given by a variable"} if {
	some s in keyed.apps
	some switches in [switches_off, switches_on]
	some key, _ in switches
	lib.is_unknown(s.config.values[key])
}
