# METADATA
# title: An AWS endpoint takes or sends data without TLS
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_lb_listener
#       - aws_alb_listener
#       - aws_elasticache_replication_group
#       - aws_msk_cluster
#       - aws_cloudsearch_domain
#       - aws_elasticsearch_domain
#       - aws_opensearch_domain
#       - aws_dms_endpoint
#       - aws_ecs_task_definition
#       - aws_elb
#   reads:
#     - [listener, "*", lb_protocol]
#     - [encryption_info, "*", encryption_in_transit, "*", client_broker]
#     - [encryption_info, "*", encryption_in_transit, "*", in_cluster]
#     - [transit_encryption_mode]
#     - [ssl_mode]
#     - [volume, "*", efs_volume_configuration, "*", transit_encryption]
package paylint.rules.cleartext_transport.terraform_aws

import data.paylint.lib

# Load balancers: plain HTTP is for redirecting.
applies contains r.id if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	upper(sprintf("%v", [object.get(r.config, "protocol", "HTTP")])) in {"HTTP", "HTTPS", "TLS"}
	not behind_gateway(r)
}

behind_gateway(r) if {
	not lib.present(r.config, "protocol")
	not lib.present(r.config, "port")
}

deny contains {"subject": r.id, "path": ["protocol"], "msg": msg} if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	r.id in applies
	upper(sprintf("%v", [object.get(r.config, "protocol", "HTTP")])) == "HTTP"
	some action in lib.as_array(object.get(r.config, "default_action", []))
	not redirects(action)
	not lib.has_unknown(action.type)
	not inside(r)
	not r.id in maybe_inside
	msg := sprintf("listener `%s` serves plain HTTP; serve HTTPS, and let this port redirect to it", [r.name])
}

redirects(action) if {
	action.type == "redirect"
	upper(sprintf("%v", [object.get(action, ["redirect", 0, "protocol"], "#{protocol}")])) == "HTTPS"
}

redirects(action) if action.type == "fixed-response"

# 4.2.1 is about open, public networks: an internal balancer is another question.
inside(r) if {
	some type in ["aws_lb", "aws_alb"]
	balancer := input.terraform[type][_]
	lib.refers(r, "load_balancer_arn", balancer)
	lib.truthy(balancer.config.internal)
}

unknown contains {"subject": r.id, "reason": "whether its load balancer is internal is known only at apply"} if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	r.id in maybe_inside
}

maybe_inside contains r.id if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	some kind in ["aws_lb", "aws_alb"]
	balancer := input.terraform[kind][_]
	lib.refers(r, "load_balancer_arn", balancer)
	lib.is_unknown(balancer.config.internal)
}

applies contains r.id if r := input.terraform.aws_elb[_]

deny contains {"subject": r.id, "path": ["listener", i, "lb_protocol"], "msg": msg} if {
	r := input.terraform.aws_elb[_]
	not lib.truthy(r.config.internal)
	lower(lib.text(r.config.listener[i].lb_protocol)) == "http"
	msg := sprintf("load balancer `%s` serves plain HTTP; listen with HTTPS and a certificate", [r.name])
}

applies contains r.id if {
	some type in ["aws_elasticache_replication_group", "aws_msk_cluster", "aws_elasticsearch_domain", "aws_opensearch_domain"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["transit_encryption_enabled"], "msg": msg} if {
	r := input.terraform.aws_elasticache_replication_group[_]
	not lib.truthy(object.get(r.config, "transit_encryption_enabled", false))
	msg := sprintf("`%s` speaks plain text with its clients; set transit_encryption_enabled = true", [r.name])
}

deny contains {"subject": r.id, "path": ["transit_encryption_mode"], "msg": msg} if {
	r := input.terraform.aws_elasticache_replication_group[_]
	r.config.transit_encryption_mode == "preferred"
	msg := sprintf("`%s` still accepts clients without TLS; set transit_encryption_mode = \"required\" once all of them use it", [r.name])
}

deny contains {"subject": r.id, "path": ["encryption_info", 0, "encryption_in_transit", 0, "client_broker"], "msg": msg} if {
	r := input.terraform.aws_msk_cluster[_]
	mode := object.get(r.config, ["encryption_info", 0, "encryption_in_transit", 0, "client_broker"], "TLS")
	mode in {"PLAINTEXT", "TLS_PLAINTEXT"}
	msg := sprintf("the brokers of `%s` accept plain text (%s); set client_broker = \"TLS\"", [r.name, mode])
}

deny contains {"subject": r.id, "path": ["encryption_info", 0, "encryption_in_transit", 0, "in_cluster"], "msg": msg} if {
	r := input.terraform.aws_msk_cluster[_]
	lib.falsy(r.config.encryption_info[0].encryption_in_transit[0].in_cluster)
	msg := sprintf("the brokers of `%s` replicate in plain text; leave in_cluster = true", [r.name])
}

deny contains {"subject": r.id, "path": ["domain_endpoint_options", 0, "enforce_https"], "msg": msg} if {
	some type in ["aws_elasticsearch_domain", "aws_opensearch_domain"]
	r := input.terraform[type][_]
	not lib.truthy(object.get(r.config, ["domain_endpoint_options", 0, "enforce_https"], false))
	msg := sprintf("domain `%s` also answers plain HTTP; set enforce_https = true", [r.name])
}

applies contains r.id if r := input.terraform.aws_cloudsearch_domain[_]

deny contains {"subject": r.id, "path": ["endpoint_options", 0, "enforce_https"], "msg": msg} if {
	r := input.terraform.aws_cloudsearch_domain[_]
	not lib.truthy(object.get(r.config, ["endpoint_options", 0, "enforce_https"], false))
	msg := sprintf("domain `%s` also answers plain HTTP; set enforce_https = true in endpoint_options", [r.name])
}

deny contains {"subject": r.id, "path": ["node_to_node_encryption", 0, "enabled"], "msg": msg} if {
	some type in ["aws_elasticsearch_domain", "aws_opensearch_domain"]
	r := input.terraform[type][_]
	not lib.truthy(object.get(r.config, ["node_to_node_encryption", 0, "enabled"], false))
	msg := sprintf("the nodes of `%s` talk in plain text; set node_to_node_encryption { enabled = true }", [r.name])
}

# Without ssl_mode it is "none"; engines that are not here are reached over HTTPS, or have settings of their own.
dms_engines := {"aurora", "aurora-postgresql", "azuredb", "babelfish", "db2", "db2-zos", "docdb", "mariadb", "mongodb", "mysql", "oracle", "postgres", "sqlserver", "sybase"}

applies contains r.id if {
	r := input.terraform.aws_dms_endpoint[_]
	r.config.engine_name in dms_engines
}

applies contains r.id if {
	r := input.terraform.aws_dms_endpoint[_]
	lib.present(r.config, "ssl_mode")
	not other_engine(r)
}

other_engine(r) if {
	engine := lib.text(r.config.engine_name)
	not engine in dms_engines
}

deny contains {"subject": r.id, "path": ["ssl_mode"], "msg": msg} if {
	r := input.terraform.aws_dms_endpoint[_]
	r.id in applies
	object.get(r.config, "ssl_mode", "none") == "none"
	msg := sprintf("rows travel unencrypted through endpoint `%s`; set ssl_mode = \"verify-full\"", [r.name])
}

applies contains r.id if {
	r := input.terraform.aws_ecs_task_definition[_]
	r.config.volume[_].efs_volume_configuration
}

deny contains {"subject": r.id, "path": ["volume", i, "efs_volume_configuration", 0, "transit_encryption"], "msg": msg} if {
	r := input.terraform.aws_ecs_task_definition[_]
	efs := r.config.volume[i].efs_volume_configuration[0]
	is_object(efs)
	object.get(efs, "transit_encryption", "DISABLED") in {"DISABLED", ""}
	msg := "files of this volume travel unencrypted; set transit_encryption = \"ENABLED\""
}

unknown contains {"subject": r.id, "reason": "its protocol is known only at apply"} if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	lib.is_unknown(r.config.protocol)
}
