# METADATA
# title: Storage that a controller makes in the cloud is not encrypted
# custom:
#   confidence: high
#   applies_to: {kubernetes: [Instance, RDSInstance, DBInstance, DBCluster, Cluster, FileSystem, EBSVolume, Volume]}
package paylint.rules.storage_unencrypted.kubernetes_resources

import data.paylint.kubernetes
import data.paylint.lib

# Crossplane's providers, and Amazon's own controllers: group -> where its settings stand.
groups := {
	"rds.aws.upbound.io": ["spec", "forProvider"],
	"database.aws.crossplane.io": ["spec", "forProvider"],
	"rds.aws.crossplane.io": ["spec", "forProvider"],
	"redshift.aws.upbound.io": ["spec", "forProvider"],
	"efs.aws.upbound.io": ["spec", "forProvider"],
	"efs.aws.crossplane.io": ["spec", "forProvider"],
	"ec2.aws.upbound.io": ["spec", "forProvider"],
	"rds.services.k8s.aws": ["spec"],
	"efs.services.k8s.aws": ["spec"],
}

settings contains {"subject": s.id, "path": array.concat(path, [key]), "value": value} if {
	some kind in ["Instance", "RDSInstance", "DBInstance", "DBCluster", "Cluster", "FileSystem", "EBSVolume", "Volume"]
	s := input.kubernetes[kind][_]
	some group, path in groups
	kubernetes.in_group(s, group)
	some key in ["storageEncrypted", "encrypted"]
	value := kubernetes.get(s.config, array.concat(path, [key]), null)
	value != null
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.path, "msg": msg} if {
	some setting in settings
	lib.falsy(setting.value)
	msg := "what is stored here lies on disk in clear text; set true, with a key"
}
