# METADATA
# title: An AWS cache, broker or identity service takes clients without authentication
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_codepipeline_webhook
#       - aws_cognito_identity_pool
#       - aws_dms_endpoint
#       - aws_elasticache_replication_group
#       - aws_elasticache_serverless_cache
#       - aws_elasticache_user
#       - aws_elasticsearch_domain
#       - aws_iot_authorizer
#       - aws_memorydb_cluster
#       - aws_msk_cluster
#       - aws_mskconnect_connector
#       - aws_opensearch_domain
#       - aws_vpclattice_service
package paylint.rules.authentication_off.terraform_aws

import data.paylint.blocks
import data.paylint.lib

anonymous := {
	"at": ["advanced_security_options", "*", "anonymous_auth_enabled"],
	"bad": {"true"},
	"say": "lets anonymous users in; set anonymous_auth_enabled = false",
	"severity": "high",
}

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"aws_codepipeline_webhook": [{
		"at": ["authentication"],
		"bad": {"unauthenticated"},
		"say": "starts the pipeline for whoever calls it; set authentication = \"GITHUB_HMAC\" with a secret",
		"severity": "high",
	}],
	"aws_cognito_identity_pool": [{
		"at": ["allow_unauthenticated_identities"],
		"bad": {"true"},
		"say": "gives AWS credentials to guests; set allow_unauthenticated_identities = false",
		"severity": "medium",
	}],
	"aws_dms_endpoint": [{
		"at": ["mongodb_settings", "*", "auth_type"],
		"bad": {"no"},
		"say": "copies from a database that asks for no password; set auth_type = \"password\"",
		"severity": "medium",
	}],
	"aws_elasticsearch_domain": [anonymous],
	"aws_iot_authorizer": [{
		"at": ["signing_disabled"],
		"bad": {"true"},
		"say": "does not check the signature of the tokens that devices bring; leave signing_disabled = false",
		"severity": "medium",
	}],
	"aws_memorydb_cluster": [{
		"at": ["acl_name"],
		"bad": {"open-access"},
		"say": "lets every client in the network do everything without a password; name an ACL of your own",
		"severity": "high",
	}],
	"aws_msk_cluster": [{
		"at": ["client_authentication", "*", "unauthenticated"],
		"bad": {"true"},
		"say": "takes clients without authentication; set unauthenticated = false and use sasl or tls",
		"severity": "high",
	}],
	"aws_mskconnect_connector": [{
		"at": ["kafka_cluster_client_authentication", "*", "authentication_type"],
		"bad": {"none"},
		"say": "connects to a cluster that asks nobody who he is; set authentication_type = \"IAM\"",
		"severity": "medium",
	}],
	"aws_opensearch_domain": [anonymous],
	"aws_vpclattice_service": [{
		"at": ["auth_type"],
		"bad": {"none"},
		"say": "takes calls from everything in its networks; set auth_type = \"AWS_IAM\" and add a policy",
		"severity": "medium",
	}],
}

applies contains r.id if {
	some type, settings in table
	r := input.terraform[type][_]
	count(blocks.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": setting.severity} if {
	some type, settings in table
	r := input.terraform[type][_]
	setting := settings[_]
	found := blocks.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# A cluster that names no way to authenticate is made with none.
applies contains r.id if r := input.terraform.aws_msk_cluster[_]

deny contains {"subject": r.id, "path": ["client_authentication"], "msg": msg} if {
	r := input.terraform.aws_msk_cluster[_]
	not lib.present(r.config, "client_authentication")
	msg := sprintf("without client_authentication the brokers of `%s` take clients without authentication; add sasl { iam = true }", [r.name])
}

unknown contains {"subject": r.id, "reason": "how clients authenticate is known only at apply"} if {
	r := input.terraform.aws_msk_cluster[_]
	lib.is_unknown(r.config.client_authentication)
}

# Redis. The second of a global pair has what the first has.
groups contains r if {
	r := input.terraform.aws_elasticache_replication_group[_]
	not lib.present(r.config, "global_replication_group_id")
}

applies contains r.id if some r in groups

deny contains {"subject": r.id, "path": ["auth_token"], "msg": msg, "severity": "medium"} if {
	some r in groups
	not lib.present(r.config, "auth_token")
	not has_users(r)
	msg := sprintf("`%s` takes every client in the network without a password; set user_group_ids, or auth_token", [r.name])
}

has_users(r) if lib.is_unknown(r.config.user_group_ids)

has_users(r) if count(lib.as_array(object.get(r.config, "user_group_ids", []))) > 0

# What a resource gives is there; a variable may be null.
unknown contains {"subject": r.id, "reason": "whether clients need a password is known only at apply"} if {
	some r in groups
	some key in ["auth_token", "user_group_ids"]
	lib.is_unknown(r.config[key])
	not r.config[key].ref
	not given_otherwise(r, key)
}

given_otherwise(r, key) if {
	some other in ["auth_token", "user_group_ids"]
	other != key
	lib.present(r.config, other)
	lib.known(r.config[other])
}

serverless contains r if {
	r := input.terraform.aws_elasticache_serverless_cache[_]
	lower(lib.text(r.config.engine)) in {"redis", "valkey"}
}

applies contains r.id if some r in serverless

deny contains {"subject": r.id, "path": ["user_group_id"], "msg": msg, "severity": "medium"} if {
	some r in serverless
	not lib.present(r.config, "user_group_id")
	msg := sprintf("`%s` takes every client in the network without a password; set user_group_id", [r.name])
}

# The user "default" is often kept so, switched off.
applies contains r.id if r := input.terraform.aws_elasticache_user[_]

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.terraform.aws_elasticache_user[_]
	not regex.match(`^\s*off(?:\s|$)|-@all\s*$`, lib.text(r.config.access_string))
	found := without_password(r.config)[_]
	msg := sprintf("user `%s` needs no password; set authentication_mode to iam or password, or switch the user off", [r.name])
}

without_password(config) := array.concat(
	blocks.bad(config, ["no_password_required"], {"true"}),
	blocks.bad(config, ["authentication_mode", "*", "type"], {"no-password-required"}),
)

# A search domain in a network asks nobody who he is where its policy lets everyone in and it has no users of its own.
domains contains r if {
	some type in ["aws_elasticsearch_domain", "aws_opensearch_domain"]
	r := input.terraform[type][_]
	lib.present(r.config, "vpc_options")
	lib.present(r.config, "access_policies")
}

applies contains r.id if some r in domains

deny contains {"subject": r.id, "path": array.concat(["access_policies"], statement.path), "msg": msg, "severity": "medium"} if {
	some r in domains
	not lib.truthy(object.get(r.config, ["advanced_security_options", 0, "enabled"], false))
	not lib.has_unknown(object.get(r.config, "advanced_security_options", []))
	some statement in lib.statements(r.config.access_policies)
	lib.lets_everyone_in(r.config.access_policies, statement)
	msg := sprintf("everything in the network of `%s` may use it without authentication; name roles, or enable advanced_security_options", [r.name])
}

unknown contains {"subject": r.id, "reason": "who may use it is known only at apply"} if {
	some r in domains
	not lib.truthy(object.get(r.config, ["advanced_security_options", 0, "enabled"], false))
	lib.is_unknown(r.config.access_policies)
}
