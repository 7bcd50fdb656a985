# METADATA
# title: A Docker daemon is spoken to without TLS
# custom: {severity: medium, confidence: high, applies_to: {gitlab_ci: [pipeline, job]}}
package paylint.rules.cleartext_transport.gitlab_ci_docker

import data.paylint.delivery
import data.paylint.lib

subjects contains s if {
	some type in ["pipeline", "job"]
	s := input.gitlab_ci[type][_]
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
