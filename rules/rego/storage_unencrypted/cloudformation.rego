# METADATA
# title: AWS storage that can hold account data is not encrypted at rest
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::RDS::DBInstance
#       - AWS::RDS::DBCluster
#       - AWS::RDS::GlobalCluster
#       - AWS::DocDB::DBCluster
#       - AWS::DocDB::GlobalCluster
#       - AWS::Neptune::DBCluster
#       - AWS::Redshift::Cluster
#       - AWS::EC2::Volume
#       - AWS::EFS::FileSystem
#       - AWS::ElastiCache::ReplicationGroup
#       - AWS::DAX::Cluster
#       - AWS::Elasticsearch::Domain
#       - AWS::OpenSearchService::Domain
#       - AWS::Kinesis::Stream
#       - AWS::KinesisFirehose::DeliveryStream
#       - AWS::SNS::Topic
#       - AWS::SQS::Queue
package paylint.rules.storage_unencrypted.cloudformation

import data.paylint.cfn
import data.paylint.lib

# Where encryption is off unless this says true.
switches := {
	"AWS::RDS::DBInstance": ["StorageEncrypted"],
	"AWS::RDS::DBCluster": ["StorageEncrypted"],
	"AWS::RDS::GlobalCluster": ["StorageEncrypted"],
	"AWS::DocDB::DBCluster": ["StorageEncrypted"],
	"AWS::DocDB::GlobalCluster": ["StorageEncrypted"],
	"AWS::Neptune::DBCluster": ["StorageEncrypted"],
	"AWS::EC2::Volume": ["Encrypted"],
	"AWS::EFS::FileSystem": ["Encrypted"],
	"AWS::ElastiCache::ReplicationGroup": ["AtRestEncryptionEnabled"],
	"AWS::DAX::Cluster": ["SSESpecification", "SSEEnabled"],
	"AWS::Elasticsearch::Domain": ["EncryptionAtRestOptions", "Enabled"],
	"AWS::OpenSearchService::Domain": ["EncryptionAtRestOptions", "Enabled"],
}

# A copy, a replica or a member is encrypted as what it comes from; these say so where the switch is left out.
sources := {
	"AWS::RDS::DBInstance": ["DBClusterIdentifier", "DBSnapshotIdentifier", "DBClusterSnapshotIdentifier", "SourceDBInstanceIdentifier", "SourceDBInstanceAutomatedBackupsArn", "SourceDbiResourceId", "SourceDBClusterIdentifier"],
	"AWS::RDS::DBCluster": ["SnapshotIdentifier", "SourceDBClusterIdentifier", "ReplicationSourceIdentifier", "GlobalClusterIdentifier"],
	"AWS::RDS::GlobalCluster": ["SourceDBClusterIdentifier"],
	"AWS::DocDB::DBCluster": ["SnapshotIdentifier", "SourceDBClusterIdentifier", "GlobalClusterIdentifier"],
	"AWS::DocDB::GlobalCluster": ["SourceDBClusterIdentifier"],
	"AWS::Neptune::DBCluster": ["SnapshotIdentifier", "SourceDBClusterIdentifier"],
	"AWS::EC2::Volume": ["SnapshotId", "SourceVolumeId"],
	"AWS::ElastiCache::ReplicationGroup": ["GlobalReplicationGroupId"],
}

inherits(r) if {
	some key in sources[r.type]
	lib.present(r.config, key)
	object.get(r.config, switches[r.type], null) == null
}

# An instance of a cluster here is judged by the cluster.
member(r) if {
	r.type == "AWS::RDS::DBInstance"
	lib.present(r.config, "DBClusterIdentifier")
}

# Aurora Serverless v1 has no other way.
always(r) if {
	r.type == "AWS::RDS::DBCluster"
	r.config.EngineMode == "serverless"
}

# Valkey is encrypted where nothing is said, Redis is not.
always(r) if {
	r.type == "AWS::ElastiCache::ReplicationGroup"
	lower(lib.text(r.config.Engine)) == "valkey"
	not lib.present(r.config, "AtRestEncryptionEnabled")
}

may_be_valkey(r) if {
	r.type == "AWS::ElastiCache::ReplicationGroup"
	lib.is_unknown(r.config.Engine)
	not lib.present(r.config, "AtRestEncryptionEnabled")
}

applies contains r.id if {
	some type, _ in switches
	r := input.cloudformation[type][_]
	not inherits(r)
	not member(r)
	not always(r)
	not may_be_valkey(r)
}

unknown contains {"subject": r.id, "reason": "it inherits the encryption of its source"} if {
	some type, _ in switches
	r := input.cloudformation[type][_]
	inherits(r)
	not member(r)
}

unknown contains {"subject": r.id, "reason": "whether its engine encrypts by default is known only at deployment"} if {
	r := input.cloudformation["AWS::ElastiCache::ReplicationGroup"][_]
	may_be_valkey(r)
}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	some type, path in switches
	r := input.cloudformation[type][_]
	r.id in applies
	not cfn.on(r, path)
	msg := sprintf("%s `%s` is not encrypted at rest; set %s: true, best with a key of your own", [type, r.name, concat(".", path)])
}

# Encrypted unless somebody says no.
applies contains r.id if some r in cfn.all(["AWS::Redshift::Cluster", "AWS::SQS::Queue"])

deny contains {"subject": r.id, "path": ["Encrypted"], "msg": msg} if {
	r := input.cloudformation["AWS::Redshift::Cluster"][_]
	count(cfn.bad(r.config, ["Encrypted"], {"false"})) > 0
	msg := sprintf("cluster `%s` is told not to encrypt its data; set Encrypted: true", [r.name])
}

deny contains {"subject": r.id, "path": ["SqsManagedSseEnabled"], "msg": msg} if {
	r := input.cloudformation["AWS::SQS::Queue"][_]
	count(cfn.bad(r.config, ["SqsManagedSseEnabled"], {"false"})) > 0
	object.get(r.config, "KmsMasterKeyId", "") in [null, ""]
	msg := sprintf("encryption of queue `%s` is switched off; leave it on, or name a KMS key", [r.name])
}

# Off until a key or a kind of encryption is named.
applies contains r.id if some r in cfn.all(["AWS::Kinesis::Stream", "AWS::SNS::Topic"])

deny contains {"subject": r.id, "path": ["StreamEncryption"], "msg": msg} if {
	r := input.cloudformation["AWS::Kinesis::Stream"][_]
	not lib.present(r.config, "StreamEncryption")
	msg := sprintf("stream `%s` is not encrypted at rest; add StreamEncryption with EncryptionType: KMS", [r.name])
}

deny contains {"subject": r.id, "path": ["KmsMasterKeyId"], "msg": msg} if {
	r := input.cloudformation["AWS::SNS::Topic"][_]
	count(cfn.bad(r.config, ["KmsMasterKeyId"], {""})) > 0
	msg := sprintf("topic `%s` keeps undelivered messages unencrypted; set KmsMasterKeyId", [r.name])
}

# What comes from a stream or from Kafka stays there, encrypted or not, until it is delivered.
buffers(r) if {
	count([1 | some key in ["KinesisStreamSourceConfiguration", "MSKSourceConfiguration"]; lib.present(r.config, key)]) == 0
	not lib.text(r.config.DeliveryStreamType) in {"KinesisStreamAsSource", "MSKAsSource"}
}

applies contains r.id if {
	r := input.cloudformation["AWS::KinesisFirehose::DeliveryStream"][_]
	buffers(r)
}

deny contains {"subject": r.id, "path": ["DeliveryStreamEncryptionConfigurationInput"], "msg": msg} if {
	r := input.cloudformation["AWS::KinesisFirehose::DeliveryStream"][_]
	buffers(r)
	not lib.present(r.config, "DeliveryStreamEncryptionConfigurationInput")
	msg := sprintf("delivery stream `%s` buffers records unencrypted; add DeliveryStreamEncryptionConfigurationInput", [r.name])
}
