# METADATA
# title: Parameters of an AWS database let clients connect without TLS
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::RDS::DBParameterGroup
#       - AWS::RDS::DBClusterParameterGroup
#       - AWS::DocDB::DBClusterParameterGroup
#       - AWS::Neptune::DBClusterParameterGroup
#       - AWS::Redshift::ClusterParameterGroup
#       - AWS::RedshiftServerless::Workgroup
package paylint.rules.cleartext_transport.cloudformation_parameters

import data.paylint.cfn
import data.paylint.lib

tls_parameters := {"rds.force_ssl", "require_secure_transport", "require_ssl", "tls", "neptune_enforce_ssl"}

# One parameter that is about TLS: {r, path, name, value}.
parameters contains {"r": r, "path": ["Parameters", name], "name": name, "value": value} if {
	some r in cfn.all(["AWS::RDS::DBParameterGroup", "AWS::RDS::DBClusterParameterGroup", "AWS::DocDB::DBClusterParameterGroup", "AWS::Neptune::DBClusterParameterGroup"])
	value := r.config.Parameters[name]
	name in tls_parameters
}

parameters contains entry if {
	r := input.cloudformation["AWS::Redshift::ClusterParameterGroup"][_]
	parameter := r.config.Parameters[i]
	parameter.ParameterName == "require_ssl"
	entry := {"r": r, "path": ["Parameters", i, "ParameterValue"], "name": "require_ssl", "value": parameter.ParameterValue}
}

parameters contains entry if {
	r := input.cloudformation["AWS::RedshiftServerless::Workgroup"][_]
	parameter := r.config.ConfigParameters[i]
	parameter.ParameterKey == "require_ssl"
	entry := {"r": r, "path": ["ConfigParameters", i, "ParameterValue"], "name": "require_ssl", "value": parameter.ParameterValue}
}

applies contains parameter.r.id if some parameter in parameters

deny contains {"subject": parameter.r.id, "path": parameter.path, "msg": msg} if {
	some parameter in parameters
	lower(sprintf("%v", [parameter.value])) in {"0", "off", "false", "disabled"}
	msg := sprintf("%s is switched off: clients may connect without TLS", [parameter.name])
}

unknown contains {"subject": parameter.r.id, "reason": "its parameters are known only at deployment"} if {
	some parameter in parameters
	lib.is_unknown(parameter.value)
}

# A Redshift cluster of this family takes clients without TLS unless its parameters say no.
old_family contains r if {
	r := input.cloudformation["AWS::Redshift::ClusterParameterGroup"][_]
	r.config.ParameterGroupFamily == "redshift-1.0"
}

applies contains r.id if some r in old_family

deny contains {"subject": r.id, "path": ["Parameters"], "msg": msg} if {
	some r in old_family
	not says_something(r)
	msg := sprintf("without require_ssl clusters with `%s` take clients without TLS; add the parameter with value true", [r.name])
}

says_something(r) if r.config.Parameters[_].ParameterName == "require_ssl"

says_something(r) if lib.is_unknown(r.config.Parameters[_])

says_something(r) if lib.is_unknown(r.config.Parameters[_].ParameterName)

unknown contains {"subject": r.id, "reason": "its parameters are known only at deployment"} if {
	some r in cfn.all(["AWS::RDS::DBParameterGroup", "AWS::RDS::DBClusterParameterGroup", "AWS::DocDB::DBClusterParameterGroup", "AWS::Neptune::DBClusterParameterGroup", "AWS::Redshift::ClusterParameterGroup"])
	cfn.unclear(r.config, [["Parameters", "*", "ParameterName"]])
}
