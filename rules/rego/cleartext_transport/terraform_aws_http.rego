# METADATA
# title: An AWS listener, origin or connector speaks plain text
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_appsync_datasource
#       - aws_cloudfront_multitenant_distribution
#       - aws_cloudfront_vpc_origin
#       - aws_elasticache_cluster
#       - aws_lb_listener
#       - aws_lb_listener_rule
#       - aws_alb_listener
#       - aws_alb_listener_rule
#       - aws_lightsail_distribution
#       - aws_lightsail_lb_https_redirection_policy
#       - aws_transfer_connector
#       - aws_vpclattice_listener
package paylint.rules.cleartext_transport.terraform_aws_http

import data.paylint.aws
import data.paylint.blocks
import data.paylint.lib

viewers := "lets viewers use plain HTTP; set viewer_protocol_policy = \"redirect-to-https\" or \"https-only\""

# Type -> settings: `at`: where; `bad`: values; `say`: what is open and what to write.
table := {
	"aws_cloudfront_multitenant_distribution": [
		{"at": ["default_cache_behavior", "*", "viewer_protocol_policy"], "bad": {"allow-all"}, "say": viewers},
		{"at": ["cache_behavior", "*", "viewer_protocol_policy"], "bad": {"allow-all"}, "say": viewers},
		{
			"at": ["origin", "*", "custom_origin_config", "*", "origin_protocol_policy"],
			"bad": {"http-only"},
			"say": "speaks plain HTTP to its origin; set origin_protocol_policy = \"https-only\"",
		},
	],
	"aws_cloudfront_vpc_origin": [{
		"at": ["vpc_origin_endpoint_config", "*", "origin_protocol_policy"],
		"bad": {"http-only"},
		"say": "is spoken to in plain HTTP; set origin_protocol_policy = \"https-only\"",
	}],
	"aws_lightsail_distribution": [{
		"at": ["origin", "*", "protocol_policy"],
		"bad": {"http-only"},
		"say": "speaks plain HTTP to its origin; set protocol_policy = \"https-only\"",
	}],
	"aws_lightsail_lb_https_redirection_policy": [{
		"at": ["enabled"],
		"bad": {"false"},
		"say": "leaves visitors on plain HTTP; set enabled = true",
	}],
}

applies contains r.id if {
	some type, settings in table
	r := input.terraform[type][_]
	blocks.settings(r.config, settings[_].at)[_].value != null
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.terraform[type][_]
	setting := settings[_]
	found := blocks.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# Redis alone, outside a replication group, cannot have TLS in this resource.
applies contains r.id if {
	r := input.terraform.aws_elasticache_cluster[_]
	lower(lib.text(r.config.engine)) in {"redis", "valkey"}
	not lib.present(r.config, "replication_group_id")
}

deny contains {"subject": r.id, "path": ["engine"], "msg": msg} if {
	r := input.terraform.aws_elasticache_cluster[_]
	r.id in applies
	msg := sprintf("`%s` speaks plain text with its clients, and this resource knows no TLS for Redis; use aws_elasticache_replication_group with transit_encryption_enabled = true", [r.name])
}

listeners contains r if {
	r := input.terraform.aws_vpclattice_listener[_]
	upper(lib.text(r.config.protocol)) in {"HTTP", "HTTPS"}
}

applies contains r.id if some r in listeners

deny contains {"subject": r.id, "path": ["protocol"], "msg": msg} if {
	some r in listeners
	upper(lib.text(r.config.protocol)) == "HTTP"
	lib.present(r.config.default_action[_], "forward")
	msg := sprintf("listener `%s` serves plain HTTP; set protocol = \"HTTPS\"", [r.name])
}

# Files that AS2 does not encrypt by itself need TLS; with its own encryption HTTP is its usual way.
applies contains r.id if {
	r := input.terraform.aws_transfer_connector[_]
	lib.present(r.config, "url")
}

deny contains {"subject": r.id, "path": ["url"], "msg": msg} if {
	r := input.terraform.aws_transfer_connector[_]
	regex.match(`(?i)^http://`, lib.text(r.config.url))
	upper(lib.text(object.get(r.config, ["as2_config", 0, "encryption_algorithm"], "NONE"))) == "NONE"
	msg := sprintf("connector `%s` sends files over plain HTTP; use https://, or an encryption_algorithm", [r.name])
}

unknown contains {"subject": r.id, "reason": "its partner's address is known only at apply"} if {
	r := input.terraform.aws_transfer_connector[_]
	lib.is_unknown(r.config.url)
}

applies contains r.id if {
	r := input.terraform.aws_appsync_datasource[_]
	lib.present(r.config.http_config[_], "endpoint")
}

deny contains {"subject": r.id, "path": ["http_config", i, "endpoint"], "msg": msg} if {
	r := input.terraform.aws_appsync_datasource[_]
	endpoint := r.config.http_config[i].endpoint
	regex.match(`(?i)^http://`, lib.text(endpoint))
	msg := sprintf("data source `%s` is asked over plain HTTP; use an https:// endpoint", [r.name])
}

unknown contains {"subject": r.id, "reason": "its endpoint is known only at apply"} if {
	r := input.terraform.aws_appsync_datasource[_]
	lib.is_unknown(r.config.http_config[_].endpoint)
}

# A listener of plain HTTP that redirects by itself, or refuses, and a rule of it that does not.
careful contains r if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	upper(lib.text(r.config.protocol)) == "HTTP"
	action := r.config.default_action[_]
	action.type in {"redirect", "fixed-response"}
	not inside(r)
}

inside(r) if {
	some type in ["aws_lb", "aws_alb"]
	balancer := input.terraform[type][_]
	lib.refers(r, "load_balancer_arn", balancer)
	not outside(balancer)
}

outside(balancer) if lib.falsy(object.get(balancer.config, "internal", false))

forwards contains {"r": r, "i": i} if {
	count(careful) > 0
	some type in ["aws_lb_listener_rule", "aws_alb_listener_rule"]
	r := input.terraform[type][_]
	of_careful(r)
	r.config.action[i].type == "forward"
}

of_careful(r) if {
	some listener in careful
	aws.base(r.refs.listener_arn[_]) == aws.base(listener.address)
}

applies contains found.r.id if some found in forwards

# Certificates are fetched without TLS.
deny contains {"subject": found.r.id, "path": ["action", found.i], "msg": msg} if {
	some found in forwards
	not regex.match(`/\.well-known/`, sprintf("%v", [object.get(found.r.config, "condition", [])]))
	msg := sprintf("rule `%s` passes requests on from a listener of plain HTTP; redirect them to HTTPS", [found.r.name])
}
