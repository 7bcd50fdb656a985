# METADATA
# title: An AWS cache, broker or identity service takes clients without authentication
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::CodePipeline::Webhook
#       - AWS::Cognito::IdentityPool
#       - AWS::DMS::Endpoint
#       - AWS::ElastiCache::ReplicationGroup
#       - AWS::ElastiCache::ServerlessCache
#       - AWS::ElastiCache::User
#       - AWS::Elasticsearch::Domain
#       - AWS::IoT::Authorizer
#       - AWS::KafkaConnect::Connector
#       - AWS::MSK::Cluster
#       - AWS::MemoryDB::Cluster
#       - AWS::OpenSearchService::Domain
#       - AWS::VpcLattice::Service
package paylint.rules.authentication_off.cloudformation

import data.paylint.cfn
import data.paylint.lib

anonymous := {"at": ["AdvancedSecurityOptions", "AnonymousAuthEnabled"], "bad": {"true"}, "severity": "high", "say": "lets anonymous users in; set AnonymousAuthEnabled: false"}

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"AWS::CodePipeline::Webhook": [{"at": ["Authentication"], "bad": {"unauthenticated"}, "severity": "high", "say": "starts the pipeline for whoever calls it; set Authentication: GITHUB_HMAC with a secret"}],
	"AWS::Cognito::IdentityPool": [{"at": ["AllowUnauthenticatedIdentities"], "bad": {"true"}, "severity": "medium", "say": "gives AWS credentials to guests; set AllowUnauthenticatedIdentities: false"}],
	"AWS::DMS::Endpoint": [{"at": ["MongoDbSettings", "AuthType"], "bad": {"no"}, "severity": "medium", "say": "copies from a database that asks for no password; set AuthType: password"}],
	"AWS::Elasticsearch::Domain": [anonymous],
	"AWS::OpenSearchService::Domain": [anonymous],
	"AWS::IoT::Authorizer": [{"at": ["SigningDisabled"], "bad": {"true"}, "severity": "medium", "say": "does not check the signature of the tokens that devices bring; leave SigningDisabled: false"}],
	"AWS::KafkaConnect::Connector": [{"at": ["KafkaClusterClientAuthentication", "AuthenticationType"], "bad": {"none"}, "severity": "medium", "say": "connects to a cluster that asks nobody who he is; set AuthenticationType: IAM"}],
	"AWS::MSK::Cluster": [{"at": ["ClientAuthentication", "Unauthenticated", "Enabled"], "bad": {"true"}, "severity": "high", "say": "takes clients without authentication; disable Unauthenticated and use Sasl or Tls"}],
	"AWS::MemoryDB::Cluster": [{"at": ["ACLName"], "bad": {"open-access"}, "severity": "high", "say": "lets every client in the network do everything without a password; name an ACL of your own"}],
	"AWS::VpcLattice::Service": [{"at": ["AuthType"], "bad": {"none"}, "severity": "medium", "say": "takes calls from everything in its networks; set AuthType: AWS_IAM and add a policy"}],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	object.get(r.config, settings[_].at, null) != null
}

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": setting.severity} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# A cluster that names no way to authenticate is made with none.
applies contains r.id if r := input.cloudformation["AWS::MSK::Cluster"][_]

deny contains {"subject": r.id, "path": ["ClientAuthentication"], "msg": msg} if {
	r := input.cloudformation["AWS::MSK::Cluster"][_]
	not lib.present(r.config, "ClientAuthentication")
	msg := sprintf("without ClientAuthentication the brokers of `%s` take clients without authentication; enable Sasl.Iam", [r.name])
}

# Redis. The second of a global pair has what the first has.
groups contains r if {
	r := input.cloudformation["AWS::ElastiCache::ReplicationGroup"][_]
	not lib.present(r.config, "GlobalReplicationGroupId")
}

applies contains r.id if some r in groups

deny contains {"subject": r.id, "path": ["AuthToken"], "msg": msg, "severity": "medium"} if {
	some r in groups
	not lib.present(r.config, "AuthToken")
	not has_users(r)
	msg := sprintf("`%s` takes every client in the network without a password; set UserGroupIds, or AuthToken", [r.name])
}

has_users(r) if lib.is_unknown(r.config.UserGroupIds)

has_users(r) if count(lib.as_array(object.get(r.config, "UserGroupIds", []))) > 0

# A list or a condition that only the deployment knows may leave it out; a parameter of a text does not.
unknown contains {"subject": r.id, "reason": "whether clients need a password is known only at deployment"} if {
	some r in groups
	not lib.present(r.config, "AuthToken")
	lib.is_unknown(r.config.UserGroupIds)
}

serverless contains r if {
	r := input.cloudformation["AWS::ElastiCache::ServerlessCache"][_]
	lower(lib.text(r.config.Engine)) in {"redis", "valkey"}
}

applies contains r.id if some r in serverless

deny contains {"subject": r.id, "path": ["UserGroupId"], "msg": msg, "severity": "medium"} if {
	some r in serverless
	not lib.present(r.config, "UserGroupId")
	msg := sprintf("`%s` takes every client in the network without a password; set UserGroupId", [r.name])
}

# The user "default" is often kept so, switched off.
applies contains r.id if r := input.cloudformation["AWS::ElastiCache::User"][_]

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.cloudformation["AWS::ElastiCache::User"][_]
	not regex.match(`^\s*off(?:\s|$)|-@all\s*$`, lib.text(r.config.AccessString))
	found := without_password(r.config)[_]
	msg := sprintf("user `%s` needs no password; set AuthenticationMode to iam or password, or switch the user off", [r.name])
}

without_password(config) := array.concat(
	cfn.bad(config, ["NoPasswordRequired"], {"true"}),
	cfn.bad(config, ["AuthenticationMode", "Type"], {"no-password-required"}),
)

# A search domain in a network asks nobody who he is where its policy lets everyone in and it has no users of its own.
domains contains r if {
	some r in cfn.all(["AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"])
	lib.present(r.config, "VPCOptions")
	lib.present(r.config, "AccessPolicies")
	not cfn.on(r, ["AdvancedSecurityOptions", "Enabled"])
}

applies contains r.id if some r in domains

deny contains {"subject": r.id, "path": array.concat(["AccessPolicies"], statement.path), "msg": msg, "severity": "medium"} if {
	some r in domains
	not cfn.unclear(r.config, [["AdvancedSecurityOptions", "Enabled"]])
	some statement in lib.statements(r.config.AccessPolicies)
	lib.lets_everyone_in(r.config.AccessPolicies, statement)
	msg := sprintf("everything in the network of `%s` may use it without authentication; name roles, or enable AdvancedSecurityOptions", [r.name])
}

unknown contains {"subject": r.id, "reason": "who may use it is known only at deployment"} if {
	some r in domains
	cfn.unclear(r.config, [["AdvancedSecurityOptions", "Enabled"], ["AccessPolicies"]])
}
