# METADATA
# title: eksctl makes a cluster that keeps no audit log
# custom:
#   confidence: high
#   applies_to: {kubernetes: [ClusterConfig]}
package paylint.rules.audit_logging_off.kubernetes_eksctl

import data.paylint.kubernetes
import data.paylint.lib

clusters contains s if {
	s := input.kubernetes.ClusterConfig[_]
	kubernetes.in_group(s, "eksctl.io")
}

applies contains s.id if some s in clusters

path := ["cloudWatch", "clusterLogging", "enableTypes"]

types(s) := {lower(lib.text(type)) | type := lib.as_array(kubernetes.get(s.config, path, []))[_]}

deny contains {"subject": s.id, "path": where(s), "msg": msg} if {
	some s in clusters
	count(types(s) & {"audit", "*", "all"}) == 0
	msg := "EKS records nobody's actions unless it is told to; name audit (and authenticator) in cloudWatch.clusterLogging.enableTypes"
}

where(s) := path if {
	kubernetes.get(s.config, path, null) != null
} else := ["metadata", "name"]
