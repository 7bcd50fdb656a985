# METADATA
# title: An AWS service logs some of what is done with it, not all
# custom:
#   severity: low
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::ApiGateway::Stage
#       - AWS::Serverless::Api
#       - AWS::EKS::Cluster
#       - AWS::MWAA::Environment
#       - AWS::DocDB::DBClusterParameterGroup
#       - AWS::Neptune::DBClusterParameterGroup
#       - AWS::Redshift::ClusterParameterGroup
#       - AWS::RDS::OptionGroup
package paylint.rules.audit_logging_off.cloudformation_details

import data.paylint.cfn
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is not recorded.
table := {
	"AWS::ApiGateway::Stage": [{"at": ["MethodSettings", "*", "LoggingLevel"], "bad": {"", "off"}, "say": "logs no calls that fail; set LoggingLevel: ERROR or INFO"}],
	"AWS::Serverless::Api": [{"at": ["MethodSettings", "*", "LoggingLevel"], "bad": {"", "off"}, "say": "logs no calls that fail; set LoggingLevel: ERROR or INFO"}],
	"AWS::MWAA::Environment": [{"at": ["LoggingConfiguration", "WebserverLogs", "Enabled"], "bad": {"", "false"}, "say": "keeps no log of who used its web pages; set LoggingConfiguration.WebserverLogs.Enabled: true"}],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	count(cfn.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# Without "audit", the lack of it is told by the rule about clusters.
control_plane := ["Logging", "ClusterLogging", "EnabledTypes"]

clusters contains {"r": r, "types": types} if {
	some r in cfn.all(["AWS::EKS::Cluster"])
	types := [item.Type | item := object.get(r.config, control_plane, [])[_]]
	"audit" in types
}

applies contains cluster.r.id if some cluster in clusters

deny contains {"subject": cluster.r.id, "path": control_plane, "msg": msg} if {
	some cluster in clusters
	count([1 | some type in cluster.types; lib.is_unknown(type)]) == 0
	missing := [type | some type in ["api", "authenticator"]; not type in cluster.types]
	count(missing) > 0
	msg := sprintf("cluster `%s` does not log %s: who logged in, or what was asked, is told in part; add it to EnabledTypes", [cluster.r.name, concat(" and ", missing)])
}

# Parameters that must be switched on before the audit log holds anything; off where they are left out.
parameters := {
	"AWS::DocDB::DBClusterParameterGroup": {"name": "audit_logs", "value": "enabled"},
	"AWS::Neptune::DBClusterParameterGroup": {"name": "neptune_enable_audit_log", "value": "1"},
	"AWS::Redshift::ClusterParameterGroup": {"name": "enable_user_activity_logging", "value": "true"},
}

groups contains {"r": r, "parameter": parameter} if {
	some type, parameter in parameters
	r := input.cloudformation[type][_]
}

applies contains group.r.id if some group in groups

sets(group) if lib.present(group.r.config.Parameters, group.parameter.name)

sets(group) if group.r.config.Parameters[_].ParameterName == group.parameter.name

deny contains {"subject": group.r.id, "path": [], "msg": msg} if {
	some group in groups
	not sets(group)
	not cfn.unclear(group.r.config, [["Parameters"], ["Parameters", "*", "ParameterName"]])
	msg := sprintf("`%s` leaves %s off, without which the log does not tell who did what; add the parameter with value %s", [group.r.name, group.parameter.name, group.parameter.value])
}

unknown contains {"subject": group.r.id, "reason": "its parameters are known only at deployment"} if {
	some group in groups
	not sets(group)
	cfn.unclear(group.r.config, [["Parameters"], ["Parameters", "*", "ParameterName"]])
}

# MySQL and MariaDB have their audit log as an option.
options contains {"r": r, "path": ["OptionConfigurations", i, "OptionSettings", j, "Value"], "value": setting.Value} if {
	some r in cfn.all(["AWS::RDS::OptionGroup"])
	setting := r.config.OptionConfigurations[i].OptionSettings[j]
	setting.Name == "SERVER_AUDIT_LOGGING"
}

applies contains found.r.id if some found in options

deny contains {"subject": found.r.id, "path": found.path, "msg": msg, "severity": "high"} if {
	some found in options
	lower(sprintf("%v", [found.value])) in {"0", "off", "false"}
	msg := sprintf("SERVER_AUDIT_LOGGING of `%s` switches the database's audit log off; leave it ON", [found.r.name])
}
