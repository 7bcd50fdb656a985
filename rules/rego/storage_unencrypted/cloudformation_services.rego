# METADATA
# title: An AWS service or a volume is told to keep its data unencrypted
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::EC2::Instance
#       - AWS::EC2::LaunchTemplate
#       - AWS::EC2::SpotFleet
#       - AWS::AutoScaling::LaunchConfiguration
#       - AWS::ImageBuilder::ImageRecipe
#       - AWS::ImageBuilder::ContainerRecipe
#       - AWS::ApiGateway::Deployment
#       - AWS::ApiGateway::Stage
#       - AWS::Serverless::Api
#       - AWS::AppSync::ApiCache
#       - AWS::CodeBuild::Project
#       - AWS::CodeBuild::ReportGroup
#       - AWS::DLM::LifecyclePolicy
#       - AWS::ECS::Service
#       - AWS::EKS::Cluster
#       - AWS::EMR::SecurityConfiguration
#       - AWS::Glue::DataCatalogEncryptionSettings
#       - AWS::Glue::MLTransform
#       - AWS::Glue::SecurityConfiguration
#       - AWS::WorkSpaces::Workspace
package paylint.rules.storage_unencrypted.cloudformation_services

import data.paylint.cfn
import data.paylint.lib

# Whether a volume nobody describes is encrypted is a setting of the account and the region.
volume_lists := {
	"AWS::EC2::Instance": ["BlockDeviceMappings", "*", "Ebs"],
	"AWS::EC2::LaunchTemplate": ["LaunchTemplateData", "BlockDeviceMappings", "*", "Ebs"],
	"AWS::EC2::SpotFleet": ["SpotFleetRequestConfigData", "LaunchSpecifications", "*", "BlockDeviceMappings", "*", "Ebs"],
	"AWS::AutoScaling::LaunchConfiguration": ["BlockDeviceMappings", "*", "Ebs"],
	"AWS::ImageBuilder::ImageRecipe": ["BlockDeviceMappings", "*", "Ebs"],
	"AWS::ImageBuilder::ContainerRecipe": ["InstanceConfiguration", "BlockDeviceMappings", "*", "Ebs"],
}

# A volume made of a snapshot is encrypted as that is.
volumes contains {"subject": r.id, "name": r.name, "path": volume.path, "encrypted": object.get(volume.value, "Encrypted", null)} if {
	some type, shape in volume_lists
	r := input.cloudformation[type][_]
	volume := cfn.settings(r.config, shape)[_]
	is_object(volume.value)
	not lib.present(volume.value, "SnapshotId")
}

applies contains volume.subject if some volume in volumes

deny contains {"subject": volume.subject, "path": array.concat(volume.path, ["Encrypted"]), "msg": msg} if {
	some volume in volumes
	not lib.truthy(volume.encrypted)
	msg := sprintf("a volume of `%s` is not encrypted at rest; set Encrypted: true", [volume.name])
}

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"AWS::AppSync::ApiCache": [{"at": ["AtRestEncryptionEnabled"], "bad": {"", "false"}, "say": "keeps cached answers unencrypted; set AtRestEncryptionEnabled: true"}],
	"AWS::CodeBuild::Project": [
		{"at": ["SecondaryArtifacts", "*", "EncryptionDisabled"], "bad": {"true"}, "say": "writes build artifacts unencrypted; leave EncryptionDisabled: false"},
		{"at": ["LogsConfig", "S3Logs", "EncryptionDisabled"], "bad": {"true"}, "say": "writes build logs unencrypted; leave EncryptionDisabled: false"},
	],
	"AWS::CodeBuild::ReportGroup": [{"at": ["ExportConfig", "S3Destination", "EncryptionDisabled"], "bad": {"true"}, "say": "exports reports unencrypted; leave EncryptionDisabled: false"}],
	"AWS::DLM::LifecyclePolicy": [
		{"at": ["PolicyDetails", "Schedules", "*", "CrossRegionCopyRules", "*", "Encrypted"], "bad": {"", "false"}, "say": "copies snapshots to another region without encrypting them; set Encrypted: true"},
		{"at": ["PolicyDetails", "Actions", "*", "CrossRegionCopy", "*", "EncryptionConfiguration", "Encrypted"], "bad": {"", "false"}, "say": "copies snapshots to another region without encrypting them; set Encrypted: true"},
	],
	"AWS::ECS::Service": [{"at": ["VolumeConfigurations", "*", "ManagedEBSVolume", "Encrypted"], "bad": {"false"}, "say": "gives its tasks unencrypted volumes; leave Encrypted: true"}],
	"AWS::EMR::SecurityConfiguration": [{"at": ["SecurityConfiguration", "EncryptionConfiguration", "EnableAtRestEncryption"], "bad": {"", "false"}, "say": "leaves the disks and files of its clusters unencrypted; set EnableAtRestEncryption: true"}],
	"AWS::Glue::DataCatalogEncryptionSettings": [
		{"at": ["DataCatalogEncryptionSettings", "EncryptionAtRest", "CatalogEncryptionMode"], "bad": {"", "disabled"}, "say": "leaves the data catalog unencrypted; set CatalogEncryptionMode: SSE-KMS"},
		{"at": ["DataCatalogEncryptionSettings", "ConnectionPasswordEncryption", "ReturnConnectionPasswordEncrypted"], "bad": {"", "false"}, "say": "keeps the passwords of connections unencrypted; set ReturnConnectionPasswordEncrypted: true"},
	],
	"AWS::Glue::MLTransform": [{"at": ["TransformEncryption", "MLUserDataEncryption", "MLUserDataEncryptionMode"], "bad": {"disabled"}, "say": "keeps rows of the tables it learns from unencrypted; set MLUserDataEncryptionMode: SSE-KMS"}],
	"AWS::Glue::SecurityConfiguration": [
		{"at": ["EncryptionConfiguration", "S3Encryptions", "*", "S3EncryptionMode"], "bad": {"", "disabled"}, "say": "lets jobs write their output unencrypted; set S3EncryptionMode: SSE-KMS"},
		{"at": ["EncryptionConfiguration", "CloudWatchEncryption", "CloudWatchEncryptionMode"], "bad": {"", "disabled"}, "say": "lets jobs write their logs unencrypted; set CloudWatchEncryptionMode: SSE-KMS"},
		{"at": ["EncryptionConfiguration", "JobBookmarksEncryption", "JobBookmarksEncryptionMode"], "bad": {"", "disabled"}, "say": "keeps job bookmarks unencrypted; set JobBookmarksEncryptionMode: CSE-KMS"},
	],
	"AWS::WorkSpaces::Workspace": [
		{"at": ["RootVolumeEncryptionEnabled"], "bad": {"", "false"}, "say": "has an unencrypted root volume; set RootVolumeEncryptionEnabled: true"},
		{"at": ["UserVolumeEncryptionEnabled"], "bad": {"", "false"}, "say": "has an unencrypted user volume; set UserVolumeEncryptionEnabled: true"},
	],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	count(cfn.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# A project's main artifact: EncryptionDisabled means nothing where there is none.
deny contains {"subject": r.id, "path": ["Artifacts", "EncryptionDisabled"], "msg": msg} if {
	r := input.cloudformation["AWS::CodeBuild::Project"][_]
	r.config.Artifacts.Type == "S3"
	count(cfn.bad(r.config, ["Artifacts", "EncryptionDisabled"], {"true"})) > 0
	msg := sprintf("`%s` writes build artifacts unencrypted; leave EncryptionDisabled: false", [r.name])
}

# The cache of an API stage; without caching there is nothing to encrypt.
caches contains {"r": r, "path": ["MethodSettings", i]} if {
	some r in cfn.all(["AWS::ApiGateway::Stage", "AWS::Serverless::Api"])
	lib.truthy(r.config.MethodSettings[i].CachingEnabled)
}

# A deployment may describe the stage that it makes.
caches contains {"r": r, "path": path} if {
	some r in cfn.all(["AWS::ApiGateway::Deployment"])
	walk(object.get(r.config, "StageDescription", {}), [inner, settings])
	lib.truthy(settings.CachingEnabled)
	path := array.concat(["StageDescription"], inner)
}

applies contains cache.r.id if some cache in caches

deny contains {"subject": cache.r.id, "path": array.concat(cache.path, ["CacheDataEncrypted"]), "msg": msg} if {
	some cache in caches
	not lib.truthy(object.get(cache.r.config, array.concat(cache.path, ["CacheDataEncrypted"]), null))
	msg := sprintf("`%s` keeps cached answers unencrypted; set CacheDataEncrypted: true", [cache.r.name])
}

# From Kubernetes 1.28 on, and where no version is named, AWS encrypts what etcd keeps.
# Without quotes 1.30 is the number 1.3.
old contains r if {
	some r in cfn.all(["AWS::EKS::Cluster"])
	parts := split(sprintf("%v", [r.config.Version]), ".")
	lib.number(parts[0]) == 1
	lib.number(parts[1]) < 28
	count(parts[1]) > 1
}

applies contains r.id if some r in old

deny contains {"subject": r.id, "path": ["EncryptionConfig"], "msg": msg, "severity": "medium"} if {
	some r in old
	object.get(r.config, "EncryptionConfig", []) in [null, []]
	msg := sprintf("Kubernetes %v of `%s` keeps secrets in etcd without encryption of their own; add EncryptionConfig for secrets, and update", [r.config.Version, r.name])
}

unknown contains {"subject": r.id, "reason": "whether its secrets are encrypted is known only at deployment"} if {
	some r in old
	lib.is_unknown(r.config.EncryptionConfig)
}
