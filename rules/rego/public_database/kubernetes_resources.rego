# METADATA
# title: A database that a controller makes in the cloud is publicly accessible
# custom:
#   confidence: high
#   applies_to: {kubernetes: [Instance, RDSInstance, DBInstance, ClusterInstance, Cluster]}
package paylint.rules.public_database.kubernetes_resources

import data.paylint.kubernetes
import data.paylint.lib

# Crossplane's providers, and Amazon's own controllers.
groups := {
	"rds.aws.upbound.io": ["spec", "forProvider", "publiclyAccessible"],
	"database.aws.crossplane.io": ["spec", "forProvider", "publiclyAccessible"],
	"rds.aws.crossplane.io": ["spec", "forProvider", "publiclyAccessible"],
	"redshift.aws.upbound.io": ["spec", "forProvider", "publiclyAccessible"],
	"rds.services.k8s.aws": ["spec", "publiclyAccessible"],
}

settings contains {"subject": s.id, "path": path, "value": value} if {
	some kind in ["Instance", "RDSInstance", "DBInstance", "ClusterInstance", "Cluster"]
	s := input.kubernetes[kind][_]
	some group, path in groups
	kubernetes.in_group(s, group)
	value := kubernetes.get(s.config, path, null)
	value != null
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.path, "msg": msg} if {
	some setting in settings
	lib.truthy(setting.value)
	msg := "the database gets a public address; set false, and reach it from inside the network"
}
