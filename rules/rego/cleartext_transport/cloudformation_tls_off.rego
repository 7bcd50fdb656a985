# METADATA
# title: A database of AWS takes clients without TLS where nobody asks for it
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {cloudformation: [AWS::RDS::DBParameterGroup, AWS::RDS::DBClusterParameterGroup]}
package paylint.rules.cleartext_transport.cloudformation_tls_off

import data.paylint.lib

# Families of parameters in which the server takes clients without TLS unless the group says otherwise.
tls_off_by_default := {
	"AWS::RDS::DBParameterGroup": {
		`^postgres(?:9\.[0-9]+|1[0-4])$`: "rds.force_ssl",
		`^sqlserver-`: "rds.force_ssl",
		`^mysql(?:5\.7|8\.0)$`: "require_secure_transport",
		`^mariadb10\.(?:5|6|11)$`: "require_secure_transport",
	},
	"AWS::RDS::DBClusterParameterGroup": {
		`^aurora-postgresql(?:9\.6|1[0-6])$`: "rds.force_ssl",
		`^postgres(?:1[0-4])$`: "rds.force_ssl",
		`^aurora-mysql(?:5\.7|8\.0)$`: "require_secure_transport",
		`^mysql8\.0$`: "require_secure_transport",
	},
}

groups contains {"r": r, "parameter": parameter} if {
	some type, families in tls_off_by_default
	r := input.cloudformation[type][_]
	some pattern, parameter in families
	regex.match(pattern, lower(lib.text(r.config.Family)))
}

applies contains found.r.id if some found in groups

deny contains {"subject": found.r.id, "path": ["Parameters"], "msg": msg} if {
	some found in groups
	parameters := object.get(found.r.config, "Parameters", {})
	is_object(parameters)
	lib.known(parameters)
	not found.parameter in object.keys(parameters)
	msg := sprintf("servers with `%s` take clients without TLS; add parameter %s with value 1", [found.r.name, found.parameter])
}

unknown contains {"subject": found.r.id, "reason": "its parameters are known only at deployment"} if {
	some found in groups
	lib.is_unknown(found.r.config.Parameters)
}
