# METADATA
# title: Envoy writes no access log
# custom: {confidence: medium, severity: medium, applies_to: {envoy: [listener]}}
package paylint.rules.audit_logging_off.envoy

import data.paylint.envoy
import data.paylint.lib

# Listeners that hand on requests of other machines.
applies contains chain.r.id if {
	some chain in envoy.http_chains
	envoy.listens_outside(chain.r)
	envoy.forwards(chain.manager)
}

# Without one there is no log: there is no default.
deny contains {"subject": chain.r.id, "path": array.concat(chain.at, ["@type"]), "msg": msg} if {
	some chain in envoy.http_chains
	chain.r.id in applies
	envoy.forwards(chain.manager)
	count(lib.as_array(object.get(chain.manager, "access_log", []))) == 0
	count(lib.as_array(object.get(chain.r.config, "access_log", []))) == 0
	msg := "no access_log: nobody can say afterwards who asked for what; add one to the connection manager"
}
