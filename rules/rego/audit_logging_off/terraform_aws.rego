# METADATA
# title: Access to AWS resources is not logged
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_cloudtrail
#       - aws_lb
#       - aws_alb
#       - aws_elb
#       - aws_cloudfront_distribution
#       - aws_api_gateway_stage
#       - aws_apigatewayv2_stage
#       - aws_eks_cluster
#       - aws_msk_cluster
#       - aws_docdb_cluster
#       - aws_neptune_cluster
#       - aws_vpc
#   reads:
#     - [enable_logging]
#     - [include_global_service_events]
#     - [access_logs, enabled]
#     - [logging_config]
#     - [access_log_settings]
#     - [logging_info, broker_logs, "*", enabled]
#     - [enabled_cloudwatch_logs_exports]
#     - [enable_cloudwatch_logs_exports]
package paylint.rules.audit_logging_off.terraform_aws

import data.paylint.lib

applies contains r.id if {
	some type in ["aws_cloudtrail", "aws_elb", "aws_cloudfront_distribution", "aws_api_gateway_stage", "aws_apigatewayv2_stage", "aws_eks_cluster", "aws_msk_cluster", "aws_docdb_cluster", "aws_neptune_cluster"]
	r := input.terraform[type][_]
}

applies contains r.id if {
	some type in ["aws_lb", "aws_alb"]
	r := input.terraform[type][_]
	not r.config.load_balancer_type == "gateway"
	not cannot_log(r)
}

# A network load balancer logs TLS connections only.
cannot_log(r) if {
	r.config.load_balancer_type == "network"
	count(listeners(r)) > 0
	not ends_tls(r)
}

listeners(r) := [listener |
	some type in ["aws_lb_listener", "aws_alb_listener"]
	listener := input.terraform[type][_]
	lib.refers(listener, "load_balancer_arn", r)
]

ends_tls(r) if {
	some listener in listeners(r)
	not lib.text(listener.config.protocol) in {"TCP", "UDP", "TCP_UDP"}
}

deny contains {"subject": r.id, "path": ["enable_logging"], "msg": msg} if {
	r := input.terraform.aws_cloudtrail[_]
	lib.falsy(r.config.enable_logging)
	msg := sprintf("trail `%s` is switched off: what was done in the account is not recorded", [r.name])
}

deny contains {"subject": r.id, "path": ["is_multi_region_trail"], "msg": msg} if {
	r := input.terraform.aws_cloudtrail[_]
	not lib.truthy(object.get(r.config, "is_multi_region_trail", false))
	not lib.truthy(object.get(r.config, "is_organization_trail", false))
	msg := sprintf("trail `%s` records one region: what is done in the others leaves no trace; set is_multi_region_trail = true", [r.name])
}

deny contains {"subject": r.id, "path": ["include_global_service_events"], "msg": msg} if {
	r := input.terraform.aws_cloudtrail[_]
	lib.falsy(r.config.include_global_service_events)
	msg := sprintf("trail `%s` leaves out IAM and other global services", [r.name])
}

deny contains {"subject": r.id, "path": ["access_logs", 0, "enabled"], "msg": msg} if {
	some type in ["aws_lb", "aws_alb"]
	r := input.terraform[type][_]
	r.id in applies
	not lib.truthy(object.get(r.config, ["access_logs", 0, "enabled"], false))
	msg := sprintf("load balancer `%s` writes no access log; add access_logs { enabled = true }", [r.name])
}

deny contains {"subject": r.id, "path": ["access_logs", 0, "enabled"], "msg": msg} if {
	r := input.terraform.aws_elb[_]
	not logs_classic(r.config)
	msg := sprintf("load balancer `%s` writes no access log; add an access_logs block", [r.name])
}

logs_classic(config) if {
	logs := config.access_logs[0]
	is_object(logs)
	not lib.falsy(object.get(logs, "enabled", true))
}

deny contains {"subject": r.id, "path": ["logging_config"], "msg": msg} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	not lib.present(r.config, "logging_config")
	not logs_v2(r)
	msg := sprintf("distribution `%s` writes no access log; add logging_config", [r.name])
}

# Standard logging v2 is a delivery source of its own, and the log in real time an argument of the behaviour.
logs_v2(r) if lib.refers(input.terraform.aws_cloudwatch_log_delivery_source[_], "resource_arn", r)

logs_v2(r) if lib.present(r.config.default_cache_behavior[_], "realtime_log_config_arn")

deny contains {"subject": r.id, "path": ["access_log_settings"], "msg": msg} if {
	some type in ["aws_api_gateway_stage", "aws_apigatewayv2_stage"]
	r := input.terraform[type][_]
	not lib.present(r.config, "access_log_settings")
	msg := sprintf("stage `%s` writes no access log; add access_log_settings", [r.name])
}

deny contains {"subject": r.id, "path": ["enabled_cluster_log_types"], "msg": msg} if {
	r := input.terraform.aws_eks_cluster[_]
	not "audit" in lib.as_array(object.get(r.config, "enabled_cluster_log_types", []))
	msg := sprintf("cluster `%s` keeps no audit log of its API server; add \"audit\" to enabled_cluster_log_types", [r.name])
}

deny contains {"subject": r.id, "path": ["logging_info"], "msg": msg} if {
	r := input.terraform.aws_msk_cluster[_]
	logs := [1 |
		some sink in ["cloudwatch_logs", "firehose", "s3"]
		enabled := r.config.logging_info[_].broker_logs[_][sink][_].enabled
		not lib.falsy(enabled)
	]
	count(logs) == 0
	msg := sprintf("the brokers of `%s` write no log; add logging_info", [r.name])
}

deny contains {"subject": r.id, "path": ["enabled_cloudwatch_logs_exports"], "msg": msg} if {
	r := input.terraform.aws_docdb_cluster[_]
	not "audit" in lib.as_array(object.get(r.config, "enabled_cloudwatch_logs_exports", []))
	msg := sprintf("cluster `%s` exports no audit log; add \"audit\" to enabled_cloudwatch_logs_exports", [r.name])
}

deny contains {"subject": r.id, "path": ["enable_cloudwatch_logs_exports"], "msg": msg} if {
	r := input.terraform.aws_neptune_cluster[_]
	not "audit" in lib.as_array(object.get(r.config, "enable_cloudwatch_logs_exports", []))
	msg := sprintf("cluster `%s` exports no audit log; add \"audit\" to enable_cloudwatch_logs_exports", [r.name])
}

# A network without flow logs: unknown where its log may be declared elsewhere.
applies contains r.id if r := input.terraform.aws_vpc[_]

flow_logged(r) if lib.refers(input.terraform.aws_flow_log[_], "vpc_id", r)

# One for each of its subnets is as good.
flow_logged(r) if {
	subnet := input.terraform.aws_subnet[_]
	lib.refers(subnet, "vpc_id", r)
	lib.refers(input.terraform.aws_flow_log[_], "subnet_id", subnet)
}

# A flow log of a network that is known only at apply may be this one's.
may_be_flow_logged if {
	log := input.terraform.aws_flow_log[_]
	lib.is_unknown(log.config.vpc_id)
	count(object.get(log.refs, "vpc_id", [])) == 0
}

deny contains {"subject": r.id, "path": ["flow_log"], "msg": msg} if {
	r := input.terraform.aws_vpc[_]
	not flow_logged(r)
	not may_be_flow_logged
	msg := sprintf("network `%s` has no flow log: who talked to whom cannot be told afterwards; add aws_flow_log", [r.name])
}

unknown contains {"subject": r.id, "reason": "which network a flow log is for is known only at apply"} if {
	r := input.terraform.aws_vpc[_]
	not flow_logged(r)
	may_be_flow_logged
}
