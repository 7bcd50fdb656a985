# METADATA
# title: The policy of an AWS resource lets everyone in
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::SQS::QueuePolicy
#       - AWS::SQS::QueueInlinePolicy
#       - AWS::SNS::TopicPolicy
#       - AWS::SNS::TopicInlinePolicy
#       - AWS::ECR::Repository
#       - AWS::ECR::RegistryPolicy
#       - AWS::SecretsManager::ResourcePolicy
#       - AWS::Backup::BackupVault
#       - AWS::Events::EventBus
#       - AWS::Events::EventBusPolicy
#       - AWS::Logs::ResourcePolicy
#       - AWS::Logs::Destination
#       - AWS::IAM::Role
#       - AWS::CodeArtifact::Domain
#       - AWS::CodeArtifact::Repository
#       - AWS::EFS::FileSystem
#       - AWS::Kinesis::ResourcePolicy
#       - AWS::DynamoDB::Table
#       - AWS::EventSchemas::RegistryPolicy
#       - AWS::MSK::ClusterPolicy
#       - AWS::VpcLattice::ResourcePolicy
#       - AWS::VpcLattice::AuthPolicy
#       - AWS::XRay::ResourcePolicy
#       - AWS::Organizations::ResourcePolicy
#       - AWS::Elasticsearch::Domain
#       - AWS::OpenSearchService::Domain
#       - AWS::ApiGateway::RestApi
package paylint.rules.public_resource_policy.cloudformation

import data.paylint.cfn
import data.paylint.lib

policy_paths := {
	"AWS::SQS::QueuePolicy": ["PolicyDocument"],
	"AWS::SQS::QueueInlinePolicy": ["PolicyDocument"],
	"AWS::SNS::TopicPolicy": ["PolicyDocument"],
	"AWS::SNS::TopicInlinePolicy": ["PolicyDocument"],
	"AWS::ECR::Repository": ["RepositoryPolicyText"],
	"AWS::ECR::RegistryPolicy": ["PolicyText"],
	"AWS::SecretsManager::ResourcePolicy": ["ResourcePolicy"],
	"AWS::Backup::BackupVault": ["AccessPolicy"],
	"AWS::Events::EventBus": ["Policy"],
	"AWS::Logs::ResourcePolicy": ["PolicyDocument"],
	"AWS::Logs::Destination": ["DestinationPolicy"],
	"AWS::IAM::Role": ["AssumeRolePolicyDocument"],
	"AWS::CodeArtifact::Domain": ["PermissionsPolicyDocument"],
	"AWS::CodeArtifact::Repository": ["PermissionsPolicyDocument"],
	"AWS::EFS::FileSystem": ["FileSystemPolicy"],
	"AWS::Kinesis::ResourcePolicy": ["ResourcePolicy"],
	"AWS::DynamoDB::Table": ["ResourcePolicy", "PolicyDocument"],
	"AWS::EventSchemas::RegistryPolicy": ["Policy"],
	"AWS::MSK::ClusterPolicy": ["Policy"],
	"AWS::VpcLattice::ResourcePolicy": ["Policy"],
	"AWS::VpcLattice::AuthPolicy": ["Policy"],
	"AWS::XRay::ResourcePolicy": ["PolicyDocument"],
	"AWS::Organizations::ResourcePolicy": ["Content"],
	"AWS::Elasticsearch::Domain": ["AccessPolicies"],
	"AWS::OpenSearchService::Domain": ["AccessPolicies"],
	"AWS::ApiGateway::RestApi": ["Policy"],
}

# One policy: {r, path, policy}.
holders contains {"r": r, "path": path, "policy": policy} if {
	some type, path in policy_paths
	r := input.cloudformation[type][_]
	policy := object.get(r.config, path, null)
	policy != null
	not meant_open(r)
}

# A statement of an event bus stands by itself.
holders contains {"r": r, "path": [], "policy": {"Statement": r.config.Statement}} if {
	r := input.cloudformation["AWS::Events::EventBusPolicy"][_]
	lib.present(r.config, "Statement")
}

applies contains holder.r.id if some holder in holders

# A domain inside a network, or with users of its own, is guarded there: the vendor's guide leaves its policy open.
meant_open(r) if {
	r.type in {"AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"}
	lib.present(r.config, "VPCOptions")
}

meant_open(r) if {
	r.type in {"AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"}
	cfn.on(r, ["AdvancedSecurityOptions", "Enabled"])
}

# A public API is meant for everyone; a private one for networks that its policy names.
meant_open(r) if {
	r.type == "AWS::ApiGateway::RestApi"
	not "PRIVATE" in lib.as_array(object.get(r.config, ["EndpointConfiguration", "Types"], []))
}

deny contains {"subject": holder.r.id, "path": array.concat(holder.path, statement.path), "msg": msg} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.lets_everyone_in(holder.policy, statement)
	msg := sprintf("a statement of `%s` allows %v to everyone in the world; name the principals, or add a condition on the caller's account or source", [holder.r.name, statement.actions])
}

# Any repository of a public identity provider may take the role where `sub` is not asked for.
deny contains {"subject": r.id, "path": array.concat(["AssumeRolePolicyDocument"], statement.path), "msg": msg} if {
	r := input.cloudformation["AWS::IAM::Role"][_]
	policy := r.config.AssumeRolePolicyDocument
	some statement in lib.statements(policy)
	lib.allows_action(statement, "sts:AssumeRoleWithWebIdentity")
	regex.match(public_provider, cfn.written(statement.principals[_]))
	not asks_for_subject(policy, statement)
	msg := sprintf("every repository or workspace of that provider in the world may take role `%s`; add a condition on the token's `sub` that names yours", [r.name])
}

# Where everybody may have an account.
public_provider := `^(?:.*[/.])?(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io)/?$`

asks_for_subject(policy, statement) if {
	limits := object.get(policy, array.concat(statement.path, ["Condition"]), {})[_]
	is_object(limits)
	some key, values in limits
	regex.match(`:(sub|repository|repository_owner|repository_id|repository_owner_id|job_workflow_ref|environment|enterprise|namespace_id|namespace_path|project_id|project_path|terraform_organization_id|terraform_organization_name|terraform_workspace_id)$`, lower(key))
	not any_subject(values)
}

# A condition that is known only at deployment may ask for it.
asks_for_subject(policy, statement) if cfn.unclear(object.get(policy, array.concat(statement.path, ["Condition"]), {}), [[]])

asks_for_subject(policy, statement) if lib.is_unknown(object.get(policy, array.concat(statement.path, ["Condition"]), {})[_])

# A pattern that ends before the owner's name does, fits owners that anyone can register.
any_subject(values) if regex.match(`^(\*|repo:[^/$]*\*.*|project_path:[^/$]*\*.*|organization:[^:$]*\*.*)$`, cfn.written(lib.as_array(values)[_]))

unknown contains {"subject": holder.r.id, "reason": "its policy is known only at deployment"} if {
	some holder in holders
	lib.is_unknown(holder.policy)
}

unknown contains {"subject": holder.r.id, "reason": "whom its policy lets in is known only at deployment"} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.may_let_everyone_in(holder.policy, statement)
	not named(statement)
}

# All it names are accounts or roles, whichever.
named(statement) if {
	count(statement.principals) > 0
	not lib.principal_is_everyone(statement.principals)
	every principal in statement.principals {
		is_named(principal)
	}
}

is_named(principal) if is_string(principal)

is_named(principal) if cfn.somebody(principal)
