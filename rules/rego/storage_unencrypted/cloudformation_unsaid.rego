# METADATA
# title: Nobody says that a machine's volumes, a cluster's disks, a cache node, results or recorded sessions are encrypted
# custom:
#   severity: low
#   confidence: low
#   applies_to:
#     cloudformation:
#       - AWS::EC2::Instance
#       - AWS::AutoScaling::LaunchConfiguration
#       - AWS::ElastiCache::CacheCluster
#       - AWS::EMR::Cluster
#       - AWS::SSM::Document
#       - AWS::Athena::WorkGroup
#   reads: [[BlockDeviceMappings], [SecurityConfiguration]]
package paylint.rules.storage_unencrypted.cloudformation_unsaid

import data.paylint.cfn
import data.paylint.lib

# A volume is then encrypted if the image is, or the account's settings elsewhere say so: most are not.
machines contains r if {
	some r in cfn.all(["AWS::EC2::Instance", "AWS::AutoScaling::LaunchConfiguration"])
	not lib.present(r.config, "LaunchTemplate")
}

applies contains r.id if some r in machines

deny contains {"subject": r.id, "path": ["BlockDeviceMappings"], "msg": msg} if {
	some r in machines
	object.get(r.config, "BlockDeviceMappings", []) in [null, []]
	msg := sprintf("`%s` leaves it open whether its root volume is encrypted; add BlockDeviceMappings with Ebs.Encrypted: true, or encrypt all volumes of the account by default", [r.name])
}

# Redis by itself cannot be encrypted; only in a replication group.
single contains r if {
	some r in cfn.all(["AWS::ElastiCache::CacheCluster"])
	lower(lib.text(r.config.Engine)) == "redis"
}

applies contains r.id if some r in single

deny contains {"subject": r.id, "path": ["Engine"], "msg": msg, "confidence": "medium"} if {
	some r in single
	msg := sprintf("Redis of `%s` cannot be encrypted at rest outside a replication group; use AWS::ElastiCache::ReplicationGroup with AtRestEncryptionEnabled: true", [r.name])
}

# What EMR keeps on its disks is encrypted only where a security configuration says so.
applies contains r.id if some r in cfn.all(["AWS::EMR::Cluster"])

deny contains {"subject": r.id, "path": ["SecurityConfiguration"], "msg": msg, "confidence": "medium"} if {
	some r in cfn.all(["AWS::EMR::Cluster"])
	object.get(r.config, "SecurityConfiguration", "") in [null, ""]
	msg := sprintf("cluster `%s` has no security configuration: its local disks are not encrypted; name one with EnableAtRestEncryption in SecurityConfiguration", [r.name])
}

# Session Manager checks that the place where it records is encrypted, unless told not to.
recordings := {"s3BucketName": "s3EncryptionEnabled", "cloudWatchLogGroupName": "cloudWatchEncryptionEnabled"}

sessions contains {"r": r, "path": ["Content", "inputs", key], "value": value} if {
	some r in cfn.all(["AWS::SSM::Document"])
	r.config.DocumentType == "Session"
	some place, key in recordings
	is_object(r.config.Content.inputs)
	not object.get(r.config.Content.inputs, place, "") in ["", null]
	value := r.config.Content.inputs[key]
}

applies contains session.r.id if some session in sessions

deny contains {"subject": session.r.id, "path": session.path, "msg": msg, "confidence": "medium"} if {
	some session in sessions
	lib.falsy(session.value)
	msg := sprintf("`%s` records sessions wherever it is told to, encrypted or not; set %v to true", [session.r.name, session.path[2]])
}

# Results are rows of the tables, and get whatever encryption the bucket has that they are written to.
groups := cfn.all(["AWS::Athena::WorkGroup"])

applies contains r.id if some r in groups

result := ["WorkGroupConfiguration", "ResultConfiguration", "EncryptionConfiguration"]

# Athena's own storage for results is always encrypted.
managed(r) if cfn.on(r, ["WorkGroupConfiguration", "ManagedQueryResultsConfiguration", "Enabled"])

deny contains {"subject": r.id, "path": found.path, "msg": msg, "confidence": "medium"} if {
	some r in groups
	not managed(r)
	found := cfn.bad(r.config, array.concat(result, ["EncryptionOption"]), {""})[_]
	not lib.is_unknown(object.get(r.config, result, null))
	msg := sprintf("workgroup `%s` asks for no encryption of query results; add ResultConfiguration with EncryptionConfiguration", [r.name])
}

deny contains {"subject": r.id, "path": found.path, "msg": msg, "confidence": "medium"} if {
	some r in groups
	found := cfn.bad(r.config, ["WorkGroupConfiguration", "EnforceWorkGroupConfiguration"], {"false"})[_]
	msg := sprintf("clients of workgroup `%s` may write results elsewhere and unencrypted; leave EnforceWorkGroupConfiguration: true", [r.name])
}

unknown contains {"subject": r.id, "reason": "how results are encrypted is known only at deployment"} if {
	some r in groups
	cfn.unclear(r.config, [array.concat(result, ["EncryptionOption"])])
}
