# METADATA
# title: AWS storage is encrypted with a key of AWS's own
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::Backup::BackupVault
#       - AWS::CloudTrail::Trail
#       - AWS::CloudTrail::EventDataStore
#       - AWS::Logs::LogGroup
#       - AWS::RDS::DBInstance
#       - AWS::RDS::DBCluster
#       - AWS::DocDB::DBCluster
#       - AWS::Neptune::DBCluster
#       - AWS::Redshift::Cluster
#       - AWS::RedshiftServerless::Namespace
#       - AWS::DynamoDB::Table
#       - AWS::EC2::Volume
#       - AWS::ECR::Repository
#       - AWS::EFS::FileSystem
#       - AWS::ElastiCache::ReplicationGroup
#       - AWS::Elasticsearch::Domain
#       - AWS::OpenSearchService::Domain
#       - AWS::FSx::FileSystem
#       - AWS::Kinesis::Stream
#       - AWS::KinesisVideo::Stream
#       - AWS::KinesisFirehose::DeliveryStream
#       - AWS::MemoryDB::Cluster
#       - AWS::MSK::Cluster
#       - AWS::S3::Bucket
#       - AWS::SecretsManager::Secret
#       - AWS::SNS::Topic
#       - AWS::SQS::Queue
#       - AWS::Timestream::Database
package paylint.rules.customer_managed_key_missing.cloudformation

import data.paylint.cfn
import data.paylint.lib

# Type -> where the key is named; `if`: only with a switch on (not encrypted at all is another policy's business).
table := {
	"AWS::Backup::BackupVault": {"at": ["EncryptionKeyArn"]},
	"AWS::CloudTrail::Trail": {"at": ["KMSKeyId"]},
	"AWS::CloudTrail::EventDataStore": {"at": ["KmsKeyId"]},
	"AWS::Logs::LogGroup": {"at": ["KmsKeyId"]},
	"AWS::RDS::DBInstance": {"at": ["KmsKeyId"], "if": ["StorageEncrypted"]},
	"AWS::RDS::DBCluster": {"at": ["KmsKeyId"], "if": ["StorageEncrypted"]},
	"AWS::DocDB::DBCluster": {"at": ["KmsKeyId"], "if": ["StorageEncrypted"]},
	"AWS::Neptune::DBCluster": {"at": ["KmsKeyId"], "if": ["StorageEncrypted"]},
	"AWS::Redshift::Cluster": {"at": ["KmsKeyId"], "if": ["Encrypted"]},
	"AWS::RedshiftServerless::Namespace": {"at": ["KmsKeyId"]},
	"AWS::DynamoDB::Table": {"at": ["SSESpecification", "KMSMasterKeyId"]},
	"AWS::EC2::Volume": {"at": ["KmsKeyId"], "if": ["Encrypted"]},
	"AWS::ECR::Repository": {"at": ["EncryptionConfiguration", "KmsKey"]},
	"AWS::EFS::FileSystem": {"at": ["KmsKeyId"], "if": ["Encrypted"]},
	"AWS::ElastiCache::ReplicationGroup": {"at": ["KmsKeyId"], "if": ["AtRestEncryptionEnabled"]},
	"AWS::Elasticsearch::Domain": {"at": ["EncryptionAtRestOptions", "KmsKeyId"], "if": ["EncryptionAtRestOptions", "Enabled"]},
	"AWS::OpenSearchService::Domain": {"at": ["EncryptionAtRestOptions", "KmsKeyId"], "if": ["EncryptionAtRestOptions", "Enabled"]},
	"AWS::FSx::FileSystem": {"at": ["KmsKeyId"]},
	"AWS::KinesisVideo::Stream": {"at": ["KmsKeyId"]},
	"AWS::MemoryDB::Cluster": {"at": ["KmsKeyId"]},
	"AWS::MSK::Cluster": {"at": ["EncryptionInfo", "EncryptionAtRest", "DataVolumeKMSKeyId"]},
	"AWS::SecretsManager::Secret": {"at": ["KmsKeyId"]},
	"AWS::Timestream::Database": {"at": ["KmsKeyId"]},
}

# One place where a key is or could be named: {r, path, key}.
places contains {"r": r, "path": setting.at, "key": object.get(r.config, setting.at, null)} if {
	some type, setting in table
	r := input.cloudformation[type][_]
	switched_on(r, setting)
	not copied(r)
}

switched_on(_, setting) if not setting["if"]

switched_on(r, setting) if cfn.on(r, setting["if"])

# A copy keeps the key of what it comes from.
copied(r) if {
	some key in ["DBSnapshotIdentifier", "SnapshotIdentifier", "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier", "ReplicationSourceIdentifier", "DBClusterIdentifier", "SnapshotId", "BackupId", "GlobalReplicationGroupId", "SnapshotName"]
	lib.present(r.config, key)
}

# Streams and topics that are encrypted name a key, their own or the service's; a queue has another way without one.
places contains {"r": r, "path": path, "key": key} if {
	some type, path in {
		"AWS::Kinesis::Stream": ["StreamEncryption", "KeyId"],
		"AWS::SNS::Topic": ["KmsMasterKeyId"],
	}
	r := input.cloudformation[type][_]
	key := object.get(r.config, path, null)
	key != null
}

places contains {"r": r, "path": ["KmsMasterKeyId"], "key": object.get(r.config, "KmsMasterKeyId", null)} if {
	r := input.cloudformation["AWS::SQS::Queue"][_]
	not lib.falsy(r.config.SqsManagedSseEnabled)
}

places contains {"r": r, "path": ["DeliveryStreamEncryptionConfigurationInput", "KeyARN"], "key": object.get(encryption, "KeyARN", null)} if {
	r := input.cloudformation["AWS::KinesisFirehose::DeliveryStream"][_]
	encryption := r.config.DeliveryStreamEncryptionConfigurationInput
	is_object(encryption)
}

# A bucket is always encrypted: with S3's own key where nothing is said.
places contains {"r": r, "path": found.path, "key": found.value} if {
	r := input.cloudformation["AWS::S3::Bucket"][_]
	lib.present(r.config, "BucketEncryption")
	found := cfn.settings(r.config, ["BucketEncryption", "ServerSideEncryptionConfiguration", "*", "ServerSideEncryptionByDefault", "KMSMasterKeyID"])[_]
}

places contains {"r": r, "path": ["BucketEncryption"], "key": null} if {
	r := input.cloudformation["AWS::S3::Bucket"][_]
	not lib.present(r.config, "BucketEncryption")
}

applies contains place.r.id if some place in places

deny contains {"subject": place.r.id, "path": place.path, "msg": msg} if {
	some place in places
	of_the_provider(place.key)
	msg := sprintf("`%s` is encrypted with a key of AWS's own; name a KMS key of yours in %s", [place.r.name, concat(".", [key | some key in place.path; is_string(key)])])
}

of_the_provider(key) if key == null

of_the_provider(key) if regex.match(`^$|(?:^|:)alias/aws/`, lib.text(key))

# A key that is looked up at deployment is a key; so is one of this template or another stack.
unknown contains {"subject": place.r.id, "reason": "which key it is, is known only at deployment"} if {
	some place in places
	lib.is_unknown(place.key)
	not place.key.ref
	not regex.match(`^arn:`, lib.text(object.get(place.key, "text", "")))
}
