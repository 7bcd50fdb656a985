# METADATA
# title: An AWS database or broker gets a public address
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::RDS::DBInstance
#       - AWS::RDS::DBCluster
#       - AWS::RDS::DBShardGroup
#       - AWS::Neptune::DBInstance
#       - AWS::NeptuneGraph::Graph
#       - AWS::Redshift::Cluster
#       - AWS::RedshiftServerless::Workgroup
#       - AWS::DMS::ReplicationInstance
#       - AWS::AmazonMQ::Broker
#       - AWS::Lightsail::Database
#       - AWS::Timestream::InfluxDBInstance
#       - AWS::MSK::Cluster
package paylint.rules.public_database.cloudformation

import data.paylint.cfn

# `bad`: what makes it public; "" where leaving it out does.
switches := {
	"AWS::RDS::DBInstance": {"at": ["PubliclyAccessible"], "bad": {"true"}},
	"AWS::RDS::DBCluster": {"at": ["PubliclyAccessible"], "bad": {"true"}},
	"AWS::RDS::DBShardGroup": {"at": ["PubliclyAccessible"], "bad": {"true"}},
	"AWS::Neptune::DBInstance": {"at": ["PubliclyAccessible"], "bad": {"true"}},
	"AWS::NeptuneGraph::Graph": {"at": ["PublicConnectivity"], "bad": {"true"}},
	"AWS::Redshift::Cluster": {"at": ["PubliclyAccessible"], "bad": {"true"}},
	"AWS::RedshiftServerless::Workgroup": {"at": ["PubliclyAccessible"], "bad": {"true"}},
	"AWS::DMS::ReplicationInstance": {"at": ["PubliclyAccessible"], "bad": {"", "true"}},
	"AWS::AmazonMQ::Broker": {"at": ["PubliclyAccessible"], "bad": {"true"}},
	"AWS::Lightsail::Database": {"at": ["PubliclyAccessible"], "bad": {"true"}},
	"AWS::Timestream::InfluxDBInstance": {"at": ["PubliclyAccessible"], "bad": {"true"}},
}

applies contains r.id if {
	some type, _ in switches
	r := input.cloudformation[type][_]
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, switch in switches
	r := input.cloudformation[type][_]
	found := cfn.bad(r.config, switch.at, switch.bad)[_]
	msg := sprintf("`%s` gets a public address; keep databases in private subnets and set %s: false", [r.name, switch.at[0]])
}

applies contains r.id if some r in cfn.all(["AWS::MSK::Cluster"])

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.cloudformation["AWS::MSK::Cluster"][_]
	found := cfn.bad(r.config, ["BrokerNodeGroupInfo", "ConnectivityInfo", "PublicAccess", "Type"], {"service_provided_eips"})[_]
	msg := sprintf("the brokers of `%s` get public addresses; leave public access disabled", [r.name])
}
