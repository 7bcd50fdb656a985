# METADATA
# title: A Docker daemon is spoken to without TLS
# custom: {severity: medium, confidence: high, applies_to: {github_actions: [workflow, job]}}
package paylint.rules.cleartext_transport.github_actions_docker

import data.paylint.delivery
import data.paylint.lib

subjects contains s if {
	some type in ["workflow", "job"]
	s := input.github_actions[type][_]
}

applies contains s.id if {
	some s in subjects
	s.config.variables[_].name in {"DOCKER_HOST", "DOCKER_TLS_CERTDIR"}
}

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in delivery.docker_in_clear(s.config)
}

unknown contains {"subject": s.id, "reason": "where the Docker daemon is comes from a variable"} if {
	some s in subjects
	variable := s.config.variables[_]
	variable.name == "DOCKER_HOST"
	lib.is_unknown(variable.value)
}
