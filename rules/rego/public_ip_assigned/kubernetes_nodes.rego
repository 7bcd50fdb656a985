# METADATA
# title: Nodes of a cluster get public addresses
# custom:
#   confidence: medium
#   applies_to: {kubernetes: [ClusterConfig, InstanceGroup]}
package paylint.rules.public_ip_assigned.kubernetes_nodes

import data.paylint.kubernetes
import data.paylint.lib

# eksctl: public subnets unless it is told otherwise.
groups contains {"subject": s.id, "path": [list, i], "group": group} if {
	s := input.kubernetes.ClusterConfig[_]
	kubernetes.in_group(s, "eksctl.io")
	not lib.truthy(s.config.privateCluster.enabled)
	some list in ["nodeGroups", "managedNodeGroups"]
	group := s.config[list][i]
	is_object(group)
	kubernetes.size(kubernetes.get(group, "subnets", [])) == 0
}

applies contains found.subject if some found in groups

deny contains {"subject": found.subject, "path": where(found), "msg": msg} if {
	some found in groups
	not lib.truthy(found.group.privateNetworking)
	msg := "the nodes get public addresses, as eksctl does it unless it is told otherwise; set privateNetworking: true"
}

where(found) := array.concat(found.path, ["privateNetworking"]) if {
	lib.present(found.group, "privateNetworking")
} else := array.concat(found.path, ["name"])

# kOps
instances contains s if {
	s := input.kubernetes.InstanceGroup[_]
	kubernetes.in_group(s, "kops.k8s.io")
}

applies contains s.id if some s in instances

deny contains {"subject": s.id, "path": ["spec", "associatePublicIp"], "msg": msg, "confidence": "high"} if {
	some s in instances
	lib.truthy(s.config.spec.associatePublicIp)
	msg := "the nodes get public addresses; set associatePublicIp: false, and let them out by a NAT gateway"
}
