# METADATA
# title: The policy of an AWS resource lets everyone in
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_sqs_queue
#       - aws_sqs_queue_policy
#       - aws_sns_topic
#       - aws_sns_topic_policy
#       - aws_ecr_repository_policy
#       - aws_ecr_registry_policy
#       - aws_secretsmanager_secret
#       - aws_secretsmanager_secret_policy
#       - aws_backup_vault_policy
#       - aws_cloudwatch_event_bus_policy
#       - aws_cloudwatch_log_resource_policy
#       - aws_cloudwatch_log_destination_policy
#       - aws_glue_resource_policy
#       - aws_media_store_container_policy
#       - aws_iam_role
#       - aws_codeartifact_domain_permissions_policy
#       - aws_codeartifact_repository_permissions_policy
#       - aws_codebuild_resource_policy
#       - aws_efs_file_system_policy
#       - aws_ses_identity_policy
#       - aws_sesv2_email_identity_policy
#       - aws_kinesis_resource_policy
#       - aws_dynamodb_resource_policy
#       - aws_acmpca_policy
#       - aws_schemas_registry_policy
#       - aws_networkfirewall_resource_policy
#       - aws_redshift_resource_policy
#       - aws_redshiftserverless_resource_policy
#       - aws_xray_resource_policy
#       - aws_organizations_resource_policy
#       - aws_msk_cluster_policy
#       - aws_sagemaker_model_package_group_policy
#       - aws_vpclattice_resource_policy
#       - aws_vpclattice_auth_policy
#       - aws_cloudsearch_domain_service_access_policy
#       - aws_elasticsearch_domain
#       - aws_elasticsearch_domain_policy
#       - aws_opensearch_domain
#       - aws_opensearch_domain_policy
#       - aws_api_gateway_rest_api
#       - aws_api_gateway_rest_api_policy
package paylint.rules.public_resource_policy.terraform_aws

import data.paylint.lib

policy_keys := {
	"aws_sqs_queue": "policy",
	"aws_sqs_queue_policy": "policy",
	"aws_sns_topic": "policy",
	"aws_sns_topic_policy": "policy",
	"aws_ecr_repository_policy": "policy",
	"aws_ecr_registry_policy": "policy",
	"aws_secretsmanager_secret": "policy",
	"aws_secretsmanager_secret_policy": "policy",
	"aws_backup_vault_policy": "policy",
	"aws_cloudwatch_event_bus_policy": "policy",
	"aws_cloudwatch_log_resource_policy": "policy_document",
	"aws_cloudwatch_log_destination_policy": "access_policy",
	"aws_glue_resource_policy": "policy",
	"aws_media_store_container_policy": "policy",
	"aws_iam_role": "assume_role_policy",
	"aws_codeartifact_domain_permissions_policy": "policy_document",
	"aws_codeartifact_repository_permissions_policy": "policy_document",
	"aws_codebuild_resource_policy": "policy",
	"aws_efs_file_system_policy": "policy",
	"aws_ses_identity_policy": "policy",
	"aws_sesv2_email_identity_policy": "policy",
	"aws_kinesis_resource_policy": "policy",
	"aws_dynamodb_resource_policy": "policy",
	"aws_acmpca_policy": "policy",
	"aws_schemas_registry_policy": "policy",
	"aws_networkfirewall_resource_policy": "policy",
	"aws_redshift_resource_policy": "policy",
	"aws_redshiftserverless_resource_policy": "policy",
	"aws_xray_resource_policy": "policy_document",
	"aws_organizations_resource_policy": "content",
	"aws_msk_cluster_policy": "policy",
	"aws_sagemaker_model_package_group_policy": "resource_policy",
	"aws_vpclattice_resource_policy": "policy",
	"aws_vpclattice_auth_policy": "policy",
	"aws_cloudsearch_domain_service_access_policy": "access_policy",
	"aws_elasticsearch_domain": "access_policies",
	"aws_elasticsearch_domain_policy": "access_policies",
	"aws_opensearch_domain": "access_policies",
	"aws_opensearch_domain_policy": "access_policies",
	"aws_api_gateway_rest_api": "policy",
	"aws_api_gateway_rest_api_policy": "policy",
}

# One policy: {r, key, policy}.
holders contains {"r": r, "key": key, "policy": r.config[key]} if {
	some type, key in policy_keys
	r := input.terraform[type][_]
	lib.present(r.config, key)
	not meant_open(type, r)
}

applies contains holder.r.id if some holder in holders

domains := array.concat(object.get(input.terraform, "aws_elasticsearch_domain", []), object.get(input.terraform, "aws_opensearch_domain", []))

domain_policies := {"aws_elasticsearch_domain_policy", "aws_opensearch_domain_policy"}

# A domain inside a network, or with users of its own, is guarded there: the provider's guide leaves its policy open.
guarded(domain) if lib.present(domain.config, "vpc_options")

guarded(domain) if lib.truthy(domain.config.advanced_security_options[_].enabled)

meant_open(type, r) if {
	type in {"aws_elasticsearch_domain", "aws_opensearch_domain"}
	guarded(r)
}

meant_open(type, r) if {
	type in domain_policies
	guarded(domain_of(r))
}

domain_of(r) := found[0] if {
	found := [domain | domain := domains[_]; names(r, domain)]
	count(found) > 0
}

names(r, domain) if lib.refers(r, "domain_name", domain)

names(r, domain) if lib.text(r.config.domain_name) == lib.text(domain.config.domain_name)

# A public API is meant for everyone; a private one for networks that its policy names.
meant_open("aws_api_gateway_rest_api", r) if not private(r)

meant_open("aws_api_gateway_rest_api_policy", r) if not private_api_of(r)

private(api) if "PRIVATE" in api.config.endpoint_configuration[_].types

private_api_of(r) if {
	api := input.terraform.aws_api_gateway_rest_api[_]
	lib.refers(r, "rest_api_id", api)
	private(api)
}

deny contains {"subject": holder.r.id, "path": array.concat([holder.key], statement.path), "msg": msg} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.lets_everyone_in(holder.policy, statement)
	not domain_unseen(holder.r)
	msg := sprintf("a statement of `%s` allows %v to everyone in the world; name the principals, or add a condition on the caller's account or source", [holder.r.name, statement.actions])
}

# Any repository of a public identity provider may take the role where `sub` is not asked for.
deny contains {"subject": r.id, "path": array.concat(["assume_role_policy"], statement.path), "msg": msg} if {
	r := input.terraform.aws_iam_role[_]
	policy := r.config.assume_role_policy
	some statement in lib.statements(policy)
	lib.allows_action(statement, "sts:AssumeRoleWithWebIdentity")
	from_public_provider(statement.principals[_])
	not asks_for_subject(policy, statement)
	msg := sprintf("every repository or workspace of that provider in the world may take role `%s`; add a condition on the token's `sub` that names yours", [r.name])
}

# Where everybody may have an account, by name or by reference to where it is declared.
public_provider := `^(?:.*[/.])?(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io)/?$`

from_public_provider(principal) if regex.match(public_provider, lib.text(principal))

from_public_provider(principal) if {
	provider := input.terraform.aws_iam_openid_connect_provider[_]
	principal.ref == provider.address
	regex.match(public_provider, lib.text(provider.config.url))
}

asks_for_subject(policy, statement) if {
	limits := object.get(policy, array.concat(statement.path, ["Condition"]), {})[_]
	is_object(limits)
	some key, values in limits
	regex.match(`:(sub|repository|repository_owner|repository_id|repository_owner_id|job_workflow_ref|environment|enterprise|namespace_id|namespace_path|project_id|project_path|terraform_organization_id|terraform_organization_name|terraform_workspace_id)$`, lower(key))
	not any_subject(values)
}

# A condition that is known only at apply may ask for it.
asks_for_subject(policy, statement) if lib.is_unknown(object.get(policy, array.concat(statement.path, ["Condition"]), {}))

# A pattern that ends before the owner's name does, fits owners that anyone can register.
any_subject(values) if regex.match(`^(\*|repo:[^/]*\*.*|project_path:[^/]*\*.*|organization:[^:]*\*.*)$`, lib.text(lib.as_array(values)[_]))

# Whether a domain is guarded otherwise is not known where it is not declared here.
domain_unseen(r) if {
	some type in domain_policies
	r.id == input.terraform[type][_].id
	not domain_of(r)
}

unknown contains {"subject": holder.r.id, "reason": "the domain that it guards is not declared here"} if {
	some holder in holders
	domain_unseen(holder.r)
	some statement in lib.statements(holder.policy)
	lib.lets_everyone_in(holder.policy, statement)
}

unknown contains {"subject": holder.r.id, "reason": "its policy is known only at apply"} if {
	some holder in holders
	lib.is_unknown(holder.policy)
}

unknown contains {"subject": holder.r.id, "reason": "whom its policy lets in is known only at apply"} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.may_let_everyone_in(holder.policy, statement)
	not any_refs(holder, statement)
}

# What refers to a role or account cannot turn out to be "*".
any_refs(holder, statement) if {
	some key in object.keys(holder.r.refs)
	startswith(key, concat(".", [sprintf("%v", [part]) | some part in array.concat([holder.key], array.concat(statement.path, ["Principal"]))]))
	count(holder.r.refs[key]) > 0
}
