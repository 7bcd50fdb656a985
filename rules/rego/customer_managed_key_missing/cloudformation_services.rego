# METADATA
# title: An AWS service keeps what it handles under a key of AWS's own
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::AmazonMQ::Broker
#       - AWS::AppFlow::ConnectorProfile
#       - AWS::AppFlow::Flow
#       - AWS::AppRunner::Service
#       - AWS::Athena::WorkGroup
#       - AWS::Cassandra::Table
#       - AWS::CodeArtifact::Domain
#       - AWS::CodeBuild::Project
#       - AWS::CodeCommit::Repository
#       - AWS::CodePipeline::Pipeline
#       - AWS::DMS::Endpoint
#       - AWS::DMS::ReplicationInstance
#       - AWS::DocDBElastic::Cluster
#       - AWS::DynamoDB::GlobalTable
#       - AWS::EC2::Instance
#       - AWS::EC2::LaunchTemplate
#       - AWS::EKS::Cluster
#       - AWS::ElastiCache::ServerlessCache
#       - AWS::Events::Archive
#       - AWS::Events::EventBus
#       - AWS::Glue::Crawler
#       - AWS::Glue::DevEndpoint
#       - AWS::Glue::Job
#       - AWS::Glue::SecurityConfiguration
#       - AWS::Kendra::Index
#       - AWS::Lambda::Function
#       - AWS::MWAA::Environment
#       - AWS::NeptuneGraph::Graph
#       - AWS::OpenSearchServerless::SecurityPolicy
#       - AWS::Pipes::Pipe
#       - AWS::QLDB::Ledger
#       - AWS::RDS::DBInstance
#       - AWS::S3Tables::TableBucket
#       - AWS::SSM::Document
#       - AWS::SSM::ResourceDataSync
#       - AWS::SageMaker::Domain
#       - AWS::SageMaker::EndpointConfig
#       - AWS::SageMaker::NotebookInstance
#       - AWS::Scheduler::Schedule
#       - AWS::Serverless::Function
#       - AWS::StepFunctions::StateMachine
#       - AWS::WorkSpaces::Workspace
package paylint.rules.customer_managed_key_missing.cloudformation_services

import data.paylint.cfn
import data.paylint.lib

# Type -> settings: `at`: where the key is named; `if`: [[path, values], ...] where that means something, values in lower
# case; one with "*" says the same of each item. Not encrypted at all is another policy's business.
table := {
	"AWS::AmazonMQ::Broker": [{"at": ["EncryptionOptions", "KmsKeyId"]}],
	"AWS::AppFlow::ConnectorProfile": [{"at": ["KMSArn"]}],
	"AWS::AppFlow::Flow": [{"at": ["KMSArn"]}],
	"AWS::AppRunner::Service": [{"at": ["EncryptionConfiguration", "KmsKey"]}],
	"AWS::Athena::WorkGroup": [{
		"at": ["WorkGroupConfiguration", "ResultConfiguration", "EncryptionConfiguration", "KmsKey"],
		"if": [[["WorkGroupConfiguration", "ResultConfiguration", "EncryptionConfiguration", "EncryptionOption"], {"sse_s3", "sse_kms", "cse_kms"}]],
	}],
	"AWS::Cassandra::Table": [{"at": ["EncryptionSpecification", "KmsKeyIdentifier"]}],
	"AWS::CodeArtifact::Domain": [{"at": ["EncryptionKey"]}],
	"AWS::CodeBuild::Project": [{"at": ["EncryptionKey"], "if": [[["Artifacts", "Type"], {"s3", "codepipeline"}]]}],
	"AWS::CodeCommit::Repository": [{"at": ["KmsKeyId"]}],
	"AWS::CodePipeline::Pipeline": [{"at": ["ArtifactStore", "EncryptionKey", "Id"], "if": [[["ArtifactStore", "Type"], {"s3"}]]}],
	"AWS::DMS::Endpoint": [{"at": ["KmsKeyId"]}],
	"AWS::DMS::ReplicationInstance": [{"at": ["KmsKeyId"]}],
	"AWS::DocDBElastic::Cluster": [{"at": ["KmsKeyId"]}],
	"AWS::DynamoDB::GlobalTable": [{"at": ["Replicas", "*", "SSESpecification", "KMSMasterKeyId"]}],
	"AWS::EKS::Cluster": [{"at": ["EncryptionConfig", "*", "Provider", "KeyArn"]}],
	"AWS::ElastiCache::ServerlessCache": [{"at": ["KmsKeyId"]}],
	"AWS::Events::Archive": [{"at": ["KmsKeyIdentifier"]}],
	"AWS::Events::EventBus": [{"at": ["KmsKeyIdentifier"]}],
	"AWS::Glue::Crawler": [{"at": ["CrawlerSecurityConfiguration"]}],
	"AWS::Glue::DevEndpoint": [{"at": ["SecurityConfiguration"]}],
	"AWS::Glue::Job": [{"at": ["SecurityConfiguration"]}],
	"AWS::Glue::SecurityConfiguration": [
		{"at": ["EncryptionConfiguration", "S3Encryptions", "*", "KmsKeyArn"]},
		{"at": ["EncryptionConfiguration", "CloudWatchEncryption", "KmsKeyArn"], "if": [[["EncryptionConfiguration", "CloudWatchEncryption", "CloudWatchEncryptionMode"], {"sse-kms"}]]},
		{"at": ["EncryptionConfiguration", "JobBookmarksEncryption", "KmsKeyArn"], "if": [[["EncryptionConfiguration", "JobBookmarksEncryption", "JobBookmarksEncryptionMode"], {"cse-kms"}]]},
	],
	"AWS::Kendra::Index": [{"at": ["ServerSideEncryptionConfiguration", "KmsKeyId"]}],
	"AWS::MWAA::Environment": [{"at": ["KmsKey"]}],
	"AWS::NeptuneGraph::Graph": [{"at": ["KmsKeyIdentifier"]}],
	"AWS::Pipes::Pipe": [{"at": ["KmsKeyIdentifier"]}],
	"AWS::QLDB::Ledger": [{"at": ["KmsKey"]}],
	"AWS::RDS::DBInstance": [{"at": ["PerformanceInsightsKMSKeyId"], "if": [[["EnablePerformanceInsights"], {"true"}]]}],
	"AWS::S3Tables::TableBucket": [{"at": ["EncryptionConfiguration", "KMSKeyArn"]}],
	"AWS::SSM::ResourceDataSync": [{"at": ["S3Destination", "KMSKeyArn"]}],
	"AWS::SageMaker::Domain": [{"at": ["KmsKeyId"]}],
	"AWS::SageMaker::EndpointConfig": [{"at": ["KmsKeyId"]}],
	"AWS::SageMaker::NotebookInstance": [{"at": ["KmsKeyId"]}],
	"AWS::Scheduler::Schedule": [{"at": ["KmsKeyArn"]}],
	"AWS::StepFunctions::StateMachine": [{"at": ["EncryptionConfiguration", "KmsKeyId"]}],
	"AWS::WorkSpaces::Workspace": [
		{"at": ["VolumeEncryptionKey"], "if": [[["RootVolumeEncryptionEnabled"], {"true"}]]},
		{"at": ["VolumeEncryptionKey"], "if": [[["UserVolumeEncryptionEnabled"], {"true"}]]},
	],
}

# One place where a key is or could be named: {r, path, key}.
places contains {"r": r, "path": found.path, "key": found.value} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	speaks(r, setting)
	found := cfn.settings(r.config, setting.at)[_]
	not elsewhere(r, found.path)
}

speaks(r, setting) if {
	every condition in object.get(setting, "if", []) {
		count(cfn.bad(r.config, condition[0], condition[1])) > 0
		lib.known(object.get(r.config, condition[0], null))
	}
}

# The older place of the same key.
elsewhere(r, ["S3Destination", "KMSKeyArn"]) if lib.present(r.config, "KMSKeyArn")

# Output that Glue is told not to encrypt is storage_unencrypted's.
elsewhere(r, path) if {
	path[1] == "S3Encryptions"
	mode := object.get(r.config, array.concat(array.slice(path, 0, 3), ["S3EncryptionMode"]), "DISABLED")
	upper(lib.text(mode)) == "DISABLED"
}

# Volumes that are encrypted, wherever they are described.
volume_lists := {
	"AWS::EC2::Instance": ["BlockDeviceMappings", "*", "Ebs"],
	"AWS::EC2::LaunchTemplate": ["LaunchTemplateData", "BlockDeviceMappings", "*", "Ebs"],
}

places contains {"r": r, "path": array.concat(found.path, ["KmsKeyId"]), "key": object.get(found.value, "KmsKeyId", null)} if {
	some type, shape in volume_lists
	r := input.cloudformation[type][_]
	found := cfn.settings(r.config, shape)[_]
	lib.truthy(found.value.Encrypted)
	not lib.present(found.value, "SnapshotId")
}

# Variables of functions.
places contains {"r": r, "path": ["KmsKeyArn"], "key": object.get(r.config, "KmsKeyArn", null)} if {
	some r in cfn.all(["AWS::Lambda::Function", "AWS::Serverless::Function"])
	variables := r.config.Environment.Variables
	is_object(variables)
	lib.known(variables)
	count(variables) > 0
}

# From this version on, AWS encrypts what the API server keeps with a key of its own; older ones: storage_unencrypted.
places contains {"r": r, "path": ["EncryptionConfig"], "key": null} if {
	some r in cfn.all(["AWS::EKS::Cluster"])
	object.get(r.config, "EncryptionConfig", []) in [null, []]
	not older(r)
}

older(r) if {
	parts := split(sprintf("%v", [r.config.Version]), ".")
	lib.number(parts[0]) == 1
	lib.number(parts[1]) < 28
}

# Without a key a session is protected by TLS alone, and its start depends on no permission to use one.
places contains {"r": r, "path": ["Content", "inputs", "kmsKeyId"], "key": object.get(r.config.Content.inputs, "kmsKeyId", null)} if {
	some r in cfn.all(["AWS::SSM::Document"])
	r.config.DocumentType == "Session"
	is_object(r.config.Content.inputs)
	lib.known(r.config.Content.inputs)
}

applies contains place.r.id if some place in places

deny contains {"subject": place.r.id, "path": place.path, "msg": msg} if {
	some place in places
	of_the_provider(place.key)
	msg := sprintf("`%s` keeps what it handles under a key of AWS's own, over whose use nobody here decides; name one of yours in %s", [place.r.name, concat(".", [key | some key in place.path; is_string(key)])])
}

of_the_provider(key) if key == null

of_the_provider(key) if regex.match(`(?i)^$|(?:^|:)alias/aws/|^aws_owned_`, lib.text(key))

# A key that is looked up at deployment is a key; so is one of this template or another stack.
unknown contains {"subject": place.r.id, "reason": "which key it is, is known only at deployment"} if {
	some place in places
	lib.is_unknown(place.key)
	not place.key.ref
	not regex.match(`^arn:`, lib.text(object.get(place.key, "text", "")))
}

# Collections of OpenSearch Serverless say so in words of their own.
policies contains r if {
	some r in cfn.all(["AWS::OpenSearchServerless::SecurityPolicy"])
	r.config.Type == "encryption"
}

applies contains r.id if some r in policies

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some r in policies
	found := cfn.bad(r.config, ["Policy", "AWSOwnedKey"], {"true"})[_]
	msg := sprintf("`%s` keeps collections under a key of AWS's own; name a KMS key in KmsARN instead", [r.name])
}
