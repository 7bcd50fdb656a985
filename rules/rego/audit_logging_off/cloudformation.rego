# METADATA
# title: Access to AWS resources is not logged
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::CloudTrail::Trail
#       - AWS::ElasticLoadBalancingV2::LoadBalancer
#       - AWS::ElasticLoadBalancing::LoadBalancer
#       - AWS::CloudFront::Distribution
#       - AWS::ApiGateway::Stage
#       - AWS::ApiGatewayV2::Stage
#       - AWS::Serverless::Api
#       - AWS::Serverless::HttpApi
#       - AWS::EKS::Cluster
#       - AWS::MSK::Cluster
package paylint.rules.audit_logging_off.cloudformation

import data.paylint.cfn
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is not recorded.
table := {
	"AWS::CloudTrail::Trail": [
		{"at": ["IsLogging"], "bad": {"false"}, "say": "is switched off: what was done in the account is not recorded; set IsLogging: true"},
		{"at": ["IncludeGlobalServiceEvents"], "bad": {"false"}, "say": "leaves out IAM and other global services; set IncludeGlobalServiceEvents: true"},
	],
	"AWS::ElasticLoadBalancing::LoadBalancer": [{"at": ["AccessLoggingPolicy", "Enabled"], "bad": {"", "false"}, "say": "writes no access log; add AccessLoggingPolicy with Enabled: true"}],
	"AWS::ApiGateway::Stage": [{"at": ["AccessLogSetting", "DestinationArn"], "bad": {""}, "say": "writes no access log; add AccessLogSetting with a DestinationArn"}],
	"AWS::Serverless::Api": [{"at": ["AccessLogSetting", "DestinationArn"], "bad": {""}, "say": "writes no access log; add AccessLogSetting with a DestinationArn"}],
	"AWS::ApiGatewayV2::Stage": [{"at": ["AccessLogSettings", "DestinationArn"], "bad": {""}, "say": "writes no access log; add AccessLogSettings with a DestinationArn"}],
	"AWS::Serverless::HttpApi": [{"at": ["AccessLogSettings", "DestinationArn"], "bad": {""}, "say": "writes no access log; add AccessLogSettings with a DestinationArn"}],
}

applies contains r.id if {
	some type, _ in table
	r := input.cloudformation[type][_]
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

deny contains {"subject": r.id, "path": ["IsMultiRegionTrail"], "msg": msg} if {
	r := input.cloudformation["AWS::CloudTrail::Trail"][_]
	not cfn.on(r, ["IsMultiRegionTrail"])
	not cfn.on(r, ["IsOrganizationTrail"])
	msg := sprintf("trail `%s` records one region: what is done in the others leaves no trace; set IsMultiRegionTrail: true", [r.name])
}

# Application and network load balancers have their switches in a list.
balancers contains r if {
	r := input.cloudformation["AWS::ElasticLoadBalancingV2::LoadBalancer"][_]
	not lib.text(r.config.Type) == "gateway"
	not cannot_log(r)
}

# A network load balancer logs TLS connections only.
cannot_log(r) if {
	r.config.Type == "network"
	count(listeners(r)) > 0
	not ends_tls(r)
}

listeners(r) := [listener |
	listener := input.cloudformation["AWS::ElasticLoadBalancingV2::Listener"][_]
	cfn.refers(listener, ["LoadBalancerArn"], r)
]

ends_tls(r) if {
	some listener in listeners(r)
	not lib.text(listener.config.Protocol) in {"TCP", "UDP", "TCP_UDP"}
}

applies contains r.id if some r in balancers

logs(r) if {
	attribute := r.config.LoadBalancerAttributes[_]
	attribute.Key == "access_logs.s3.enabled"
	not lib.falsy(attribute.Value)
}

deny contains {"subject": r.id, "path": ["LoadBalancerAttributes"], "msg": msg} if {
	some r in balancers
	not logs(r)
	not cfn.unclear(r.config, [["LoadBalancerAttributes", "*", "Key"]])
	msg := sprintf("load balancer `%s` writes no access log; set the attribute access_logs.s3.enabled to true", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it writes an access log is known only at deployment"} if {
	some r in balancers
	cfn.unclear(r.config, [["LoadBalancerAttributes", "*", "Key"]])
}

unknown contains {"subject": r.id, "reason": "whether it writes an access log is known only at deployment"} if {
	some r in balancers
	attribute := r.config.LoadBalancerAttributes[_]
	attribute.Key == "access_logs.s3.enabled"
	lib.is_unknown(attribute.Value)
}

applies contains r.id if some r in cfn.all(["AWS::CloudFront::Distribution"])

deny contains {"subject": r.id, "path": ["DistributionConfig", "Logging"], "msg": msg} if {
	r := input.cloudformation["AWS::CloudFront::Distribution"][_]
	object.get(r.config, ["DistributionConfig", "Logging"], null) == null
	not logs_v2(r)
	msg := sprintf("distribution `%s` writes no access log; add Logging", [r.name])
}

# Standard logging v2 is a delivery source of its own, and the log in real time a setting of the behaviour.
logs_v2(r) if cfn.refers(input.cloudformation["AWS::Logs::DeliverySource"][_], ["ResourceArn"], r)

logs_v2(r) if lib.present(r.config.DistributionConfig.DefaultCacheBehavior, "RealtimeLogConfigArn")

applies contains r.id if some r in cfn.all(["AWS::EKS::Cluster", "AWS::MSK::Cluster"])

control_plane := ["Logging", "ClusterLogging", "EnabledTypes"]

deny contains {"subject": r.id, "path": control_plane, "msg": msg} if {
	r := input.cloudformation["AWS::EKS::Cluster"][_]
	types := lib.as_array(object.get(r.config, control_plane, []))
	count([1 | some item in types; item.Type == "audit"]) == 0
	not cfn.unclear(r.config, [array.concat(control_plane, ["*", "Type"])])
	msg := sprintf("cluster `%s` keeps no audit log of its API server; add Type: audit to EnabledTypes", [r.name])
}

unknown contains {"subject": r.id, "reason": "which logs it keeps is known only at deployment"} if {
	r := input.cloudformation["AWS::EKS::Cluster"][_]
	cfn.unclear(r.config, [array.concat(control_plane, ["*", "Type"])])
}

sinks := ["CloudWatchLogs", "Firehose", "S3"]

deny contains {"subject": r.id, "path": ["LoggingInfo"], "msg": msg} if {
	r := input.cloudformation["AWS::MSK::Cluster"][_]
	count([1 | some sink in sinks; cfn.on(r, ["LoggingInfo", "BrokerLogs", sink, "Enabled"])]) == 0
	not cfn.unclear(r.config, broker_switches)
	msg := sprintf("the brokers of `%s` write no log; add LoggingInfo", [r.name])
}

broker_switches := [["LoggingInfo", "BrokerLogs", sink, "Enabled"] | some sink in sinks]

unknown contains {"subject": r.id, "reason": "whether its brokers write a log is known only at deployment"} if {
	r := input.cloudformation["AWS::MSK::Cluster"][_]
	cfn.unclear(r.config, broker_switches)
	count([1 | some sink in sinks; cfn.on(r, ["LoggingInfo", "BrokerLogs", sink, "Enabled"])]) == 0
}
