# METADATA
# title: eksctl makes a cluster whose API server the internet reaches
# custom:
#   confidence: medium
#   applies_to: {kubernetes: [ClusterConfig]}
package paylint.rules.public_database.kubernetes_eksctl

import data.paylint.kubernetes
import data.paylint.lib

clusters contains s if {
	s := input.kubernetes.ClusterConfig[_]
	kubernetes.in_group(s, "eksctl.io")
}

applies contains s.id if some s in clusters

endpoints(s) := kubernetes.get(s.config, ["vpc", "clusterEndpoints"], {})

cidrs(s) := lib.as_array(kubernetes.get(s.config, ["vpc", "publicAccessCIDRs"], []))

deny contains {"subject": s.id, "path": where(s), "msg": msg} if {
	some s in clusters
	not lib.falsy(kubernetes.get(endpoints(s), "publicAccess", true))
	not lib.truthy(s.config.privateCluster.enabled)
	count(cidrs(s)) == 0
	msg := "the API server is reached from any address, as eksctl does it unless it is told otherwise; set vpc.clusterEndpoints.publicAccess: false, or name publicAccessCIDRs"
}

where(s) := ["vpc", "clusterEndpoints", "publicAccess"] if {
	lib.present(endpoints(s), "publicAccess")
} else := ["metadata", "name"]

deny contains {"subject": s.id, "path": ["vpc", "publicAccessCIDRs", i], "msg": msg} if {
	some s in clusters
	not lib.falsy(kubernetes.get(endpoints(s), "publicAccess", true))
	cidr := cidrs(s)[i]
	lib.cidr_is_wide(cidr)
	msg := sprintf("the API server is reached from %s (%s); name your own ranges", [lib.the_internet(cidr), cidr])
}
