# METADATA
# title: A secret stands in a GitLab pipeline
# custom: {confidence: medium, applies_to: {gitlab_ci: [pipeline, job]}}
package paylint.rules.plaintext_secret.gitlab_ci

import data.paylint.written

subjects contains s if {
	some type in ["pipeline", "job"]
	s := input.gitlab_ci[type][_]
}

applies contains s.id if some s in subjects

# A database that lives as long as a job has any password.
deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in written.secrets(texts(s))
	not found.weak
	not for_a_service(s, found)
}

texts(s) := object.union({"commands": []}, s.config)

# What the database that runs beside a job takes for its own password. It is gone with the job.
for_a_service(s, found) if {
	found.path[0] == "variables"
	regex.match(`^(?:POSTGRES|PG|MYSQL|MARIADB|MONGO|MONGO_INITDB|RABBITMQ|REDIS|MSSQL|SA|ELASTIC|NEO4J|MINIO)[A-Z_]*(?:PASSWORD|PASS|PWD)$`, s.config.variables[found.path[1]].name)
	input.gitlab_ci[_][_].config.images[_].scope == "service"
}
