# METADATA
# title: A cluster's nodes or API server are opened to the internet
# custom:
#   confidence: high
#   applies_to: {kubernetes: [ClusterConfig, Cluster, Pod, Deployment, DaemonSet, ClusterConfiguration]}
package paylint.rules.open_ingress.kubernetes_nodes

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

# --- kOps

kops contains s if {
	s := input.kubernetes.Cluster[_]
	kubernetes.in_group(s, "kops.k8s.io")
}

applies contains s.id if some s in kops

lists := {"sshAccess": "SSH to the nodes", "kubernetesApiAccess": "the API server"}

deny contains {"subject": s.id, "path": array.concat(path, [i]), "msg": msg} if {
	some s in kops
	some list, what in lists
	some path in [["spec", list], ["spec", key_of[list], "access"]]
	range := kubernetes.get(s.config, path, [])[i]
	lib.cidr_is_wide(range)
	msg := sprintf("%s is open to %s (%s); name your own ranges", [what, lib.the_internet(range), range])
}

# The names of the next version of the API.
key_of := {"sshAccess": "ssh", "kubernetesApiAccess": "api"}

# --- eksctl: with a key and no sources the port is open to everyone

groups contains {"subject": s.id, "path": [list, i, "ssh"], "ssh": ssh} if {
	s := input.kubernetes.ClusterConfig[_]
	kubernetes.in_group(s, "eksctl.io")
	some list in ["nodeGroups", "managedNodeGroups"]
	ssh := s.config[list][i].ssh
	is_object(ssh)
}

applies contains found.subject if some found in groups

deny contains {"subject": found.subject, "path": array.concat(found.path, ["allow"]), "msg": msg} if {
	some found in groups
	lib.truthy(found.ssh.allow)
	kubernetes.size(kubernetes.get(found.ssh, "sourceSecurityGroupIds", [])) == 0
	msg := "SSH to the nodes is open to every address; name sourceSecurityGroupIds, or use enableSsm and take ssh out"
}

# --- parts of the cluster that only their own node needs

local contains c if {
	some program in ["kube-controller-manager", "kube-scheduler"]
	c := components.of(program)[_]
}

applies contains c.subject if some c in local

deny contains {"subject": c.subject, "path": flag.path, "msg": msg, "severity": "low", "confidence": "medium"} if {
	some c in local
	flag := components.flags(c, ["bind-address", "address"])[_]
	flag.value in {"0.0.0.0", "::", "[::]"}
	msg := sprintf("%s %s: whoever reaches the node reaches %s; set 127.0.0.1", [flag.name, flag.value, c.program])
}
