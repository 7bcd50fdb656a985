# METADATA
# title: eksctl gives nodes or pods every right in the account
# custom:
#   confidence: high
#   applies_to: {kubernetes: [ClusterConfig]}
package paylint.rules.excessive_privilege.kubernetes_eksctl

import data.paylint.kubernetes
import data.paylint.lib

clusters contains s if {
	s := input.kubernetes.ClusterConfig[_]
	kubernetes.in_group(s, "eksctl.io")
}

applies contains s.id if some s in clusters

powerful(arn) if regex.match(`:policy/(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)$`, lib.text(arn))

deny contains {"subject": s.id, "path": path, "msg": msg} if {
	some s in clusters
	walk(s.config, [path, arn])
	path[count(path) - 2] in {"attachPolicyARNs", "permissionPolicyARNs"}
	powerful(arn)
	msg := sprintf("%v: who takes over a node or pod owns the account; attach what it needs only", [arn])
}
