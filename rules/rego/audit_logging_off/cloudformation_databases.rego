# METADATA
# title: An AWS database, search domain or broker writes no audit log
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::RDS::DBInstance
#       - AWS::RDS::DBCluster
#       - AWS::DocDB::DBCluster
#       - AWS::Neptune::DBCluster
#       - AWS::Redshift::Cluster
#       - AWS::RedshiftServerless::Namespace
#       - AWS::OpenSearchService::Domain
#       - AWS::Elasticsearch::Domain
#       - AWS::AmazonMQ::Broker
#       - AWS::RDS::DBParameterGroup
#       - AWS::RDS::DBClusterParameterGroup
#       - AWS::DocDB::DBClusterParameterGroup
#       - AWS::Neptune::DBClusterParameterGroup
#       - AWS::Redshift::ClusterParameterGroup
#   reads: [[EnableCloudwatchLogsExports], [EnableCloudwatchLogsExports, "*"], [LogExports], [LogPublishingOptions, AUDIT_LOGS], [LogPublishingOptions, AUDIT_LOGS, Enabled]]
package paylint.rules.audit_logging_off.cloudformation_databases

import data.paylint.cfn
import data.paylint.lib

# A replica logs as its source does; an instance of a cluster as the cluster.
databases contains r if {
	some r in cfn.all(["AWS::RDS::DBInstance", "AWS::RDS::DBCluster"])
	count([1 | some key in ["SourceDBInstanceIdentifier", "DBClusterIdentifier", "ReplicationSourceIdentifier"]; lib.present(r.config, key)]) == 0
}

applies contains r.id if some r in databases

exports(r) := lib.as_array(object.get(r.config, "EnableCloudwatchLogsExports", []))

deny contains {"subject": r.id, "path": ["EnableCloudwatchLogsExports"], "msg": msg} if {
	some r in databases
	count(exports(r)) == 0
	msg := sprintf("database `%s` exports no log; name its logs in EnableCloudwatchLogsExports", [r.name])
}

# MySQL and its kin log who did what in these two; the others tell of errors and slow statements.
deny contains {"subject": r.id, "path": ["EnableCloudwatchLogsExports"], "msg": msg, "confidence": "low"} if {
	some r in databases
	lower(lib.text(r.config.Engine)) in {"mysql", "mariadb", "aurora", "aurora-mysql"}
	count(exports(r)) > 0
	count([item | some item in exports(r); not lib.text(item) in {"error", "slowquery", "instance", "iam-db-auth-error"}]) == 0
	msg := sprintf("database `%s` exports no log of who did what; add audit to EnableCloudwatchLogsExports", [r.name])
}

audited_clusters := cfn.all(["AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster"])

applies contains r.id if some r in audited_clusters

deny contains {"subject": r.id, "path": ["EnableCloudwatchLogsExports"], "msg": msg} if {
	some r in audited_clusters
	not "audit" in exports(r)
	msg := sprintf("cluster `%s` exports no audit log; add audit to EnableCloudwatchLogsExports", [r.name])
}

applies contains r.id if some r in cfn.all(["AWS::Redshift::Cluster", "AWS::RedshiftServerless::Namespace"])

deny contains {"subject": r.id, "path": ["LoggingProperties"], "msg": msg} if {
	r := input.cloudformation["AWS::Redshift::Cluster"][_]
	not lib.present(r.config, "LoggingProperties")
	msg := sprintf("cluster `%s` logs neither connections nor statements; add LoggingProperties", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it logs is known only at deployment"} if {
	r := input.cloudformation["AWS::Redshift::Cluster"][_]
	lib.is_unknown(r.config.LoggingProperties)
}

deny contains {"subject": r.id, "path": ["LogExports"], "msg": msg} if {
	r := input.cloudformation["AWS::RedshiftServerless::Namespace"][_]
	logs := lib.as_array(object.get(r.config, "LogExports", []))
	count([item | some item in logs; not lib.text(item) == "userlog"]) == 0
	msg := sprintf("namespace `%s` logs neither connections nor statements; set LogExports to connectionlog, useractivitylog and userlog", [r.name])
}

domains := cfn.all(["AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"])

applies contains r.id if some r in domains

audited(r) if {
	options := r.config.LogPublishingOptions.AUDIT_LOGS
	is_object(options)
	not lib.falsy(object.get(options, "Enabled", true))
}

deny contains {"subject": r.id, "path": ["LogPublishingOptions", "AUDIT_LOGS"], "msg": msg} if {
	some r in domains
	not audited(r)
	msg := sprintf("domain `%s` publishes no audit log; add AUDIT_LOGS to LogPublishingOptions", [r.name])
}

# RabbitMQ knows no audit log; its general log has the connections.
broker_log(r) := "General" if lower(lib.text(r.config.EngineType)) == "rabbitmq"

broker_log(r) := "Audit" if lower(lib.text(r.config.EngineType)) == "activemq"

applies contains r.id if {
	r := input.cloudformation["AWS::AmazonMQ::Broker"][_]
	broker_log(r)
}

deny contains {"subject": r.id, "path": ["Logs", key], "msg": msg} if {
	r := input.cloudformation["AWS::AmazonMQ::Broker"][_]
	key := broker_log(r)
	not cfn.on(r, ["Logs", key])
	msg := sprintf("broker `%s` writes no %s log; set Logs.%s: true", [r.name, lower(key), key])
}

# Parameters that switch the engine's own audit log.
audit_parameters := {
	"AWS::RDS::DBParameterGroup": {"log_connections", "log_disconnections", "pgaudit.log", "server_audit_logging"},
	"AWS::RDS::DBClusterParameterGroup": {"log_connections", "log_disconnections", "pgaudit.log", "server_audit_logging"},
	"AWS::DocDB::DBClusterParameterGroup": {"audit_logs"},
	"AWS::Neptune::DBClusterParameterGroup": {"neptune_enable_audit_log"},
}

switches contains {"r": r, "path": ["Parameters", name], "name": name, "value": value} if {
	some type, names in audit_parameters
	r := input.cloudformation[type][_]
	value := r.config.Parameters[name]
	name in names
}

switches contains entry if {
	r := input.cloudformation["AWS::Redshift::ClusterParameterGroup"][_]
	parameter := r.config.Parameters[i]
	parameter.ParameterName == "enable_user_activity_logging"
	entry := {"r": r, "path": ["Parameters", i, "ParameterValue"], "name": parameter.ParameterName, "value": parameter.ParameterValue}
}

applies contains found.r.id if some found in switches

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in switches
	lower(sprintf("%v", [found.value])) in {"0", "off", "false", "none", "disabled"}
	msg := sprintf("%s of `%s` switches the database's audit log off; switch it on", [found.name, found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "whether the audit log is on is known only at deployment"} if {
	some found in switches
	lib.is_unknown(found.value)
}
