# METADATA
# title: Messages, variables, sessions or secrets in AWS are kept under a key of AWS's own
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_sns_topic
#       - aws_lambda_function
#       - aws_opensearchserverless_security_policy
#       - aws_ssm_document
#       - aws_eks_cluster
#       - aws_glue_crawler
#       - aws_glue_dev_endpoint
#       - aws_glue_job
package paylint.rules.customer_managed_key_missing.terraform_aws_content

import data.paylint.aws_keys
import data.paylint.blocks
import data.paylint.lib

# {r, at, say}: a resource, where its key stands, and what is wrong.
cases contains {"r": r, "at": ["kms_master_key_id"], "say": "keeps undelivered messages under a key of AWS's own"} if {
	r := input.terraform.aws_sns_topic[_]
	lib.present(r.config, "kms_master_key_id")
	not r.config.kms_master_key_id == ""
}

cases contains {"r": r, "at": ["kms_key_arn"], "say": "keeps its environment variables under a key of AWS's own"} if {
	r := input.terraform.aws_lambda_function[_]
	variables := r.config.environment[_].variables
	is_object(variables)
	lib.known(variables)
	count(variables) > 0
}

# Without a key a session is protected by TLS alone, and its start depends on no permission to use one.
cases contains {"r": r, "at": ["content", "inputs", "kmsKeyId"], "say": "starts sessions that are not encrypted with a key of one's own"} if {
	r := input.terraform.aws_ssm_document[_]
	r.config.document_type == "Session"
	is_object(r.config.content)
	lib.known(r.config.content)
	lib.present(r.config.content, "inputs")
}

# From this version on, AWS encrypts what the API server keeps with a key of its own; older ones: storage_unencrypted.
cases contains {"r": r, "at": ["encryption_config", "*", "provider", "*", "key_arn"], "say": "keeps secrets under a key of AWS's own"} if {
	r := input.terraform.aws_eks_cluster[_]
	not older(r)
}

# Keys of Glue stand in a configuration of their own.
cases contains {"r": r, "at": ["security_configuration"], "say": "writes output, logs and bookmarks under keys of AWS's own"} if {
	some type in ["aws_glue_crawler", "aws_glue_dev_endpoint", "aws_glue_job"]
	r := input.terraform[type][_]
}

older(r) if {
	parts := split(blocks.spelled(r.config.version), ".")
	lib.number(parts[0]) == 1
	lib.number(parts[1]) < 28
}

applies contains case.r.id if some case in cases

deny contains {"subject": case.r.id, "path": path, "msg": msg} if {
	some case in cases
	path := aws_keys.missing(case.r, case)[0]
	argument := concat(".", [key | some key in case.at; key != "*"])
	msg := sprintf("`%s` %s; name one of yours in %s", [case.r.name, case.say, argument])
}

# Collections of OpenSearch Serverless say so in words of their own.
policies contains r if {
	r := input.terraform.aws_opensearchserverless_security_policy[_]
	r.config.type == "encryption"
}

applies contains r.id if some r in policies

deny contains {"subject": r.id, "path": ["policy", "AWSOwnedKey"], "msg": msg} if {
	some r in policies
	lib.truthy(r.config.policy.AWSOwnedKey)
	msg := sprintf("`%s` keeps collections under a key of AWS's own; name a KMS key in KmsARN instead", [r.name])
}

unknown contains {"subject": r.id, "reason": "its policy is known only at apply"} if {
	some r in policies
	lib.is_unknown(r.config.policy)
}

unknown contains {"subject": r.id, "reason": "whether it has environment variables is known only at apply"} if {
	r := input.terraform.aws_lambda_function[_]
	lib.is_unknown(r.config.environment[_].variables)
	not aws_keys.own_key(r, ["kms_key_arn"], object.get(r.config, "kms_key_arn", null))
}
