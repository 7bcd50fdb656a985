# METADATA
# title: The cluster's API server keeps no audit log, or leaves secrets out of it
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, Policy]
package paylint.rules.audit_logging_off.kubernetes

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

servers := components.of("kube-apiserver")

applies contains c.subject if c := servers[_]

applies contains found.subject if found := components.bare[_]

# kOps and kubeadm keep no audit log by themselves either.
deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := servers[_]
	not components.sets(c, "audit-log-path")
	not components.sets(c, "audit-webhook-config-file")
	msg := "without --audit-log-path the API server records nobody's actions; set it, with --audit-policy-file"
}

deny contains {"subject": found.subject, "path": found.header, "msg": msg, "confidence": "medium"} if {
	found := components.bare[_]
	msg := "kubeadm's API server records nobody's actions unless it is told to; set audit-log-path and audit-policy-file in apiServer.extraArgs"
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := servers[_]
	components.sets(c, "audit-log-path")
	not components.sets(c, "audit-policy-file")
	not policy_of_another(c)
	msg := "without --audit-policy-file no event is recorded, whatever --audit-log-path says; name a policy"
}

# Rancher brings a policy of its own.
policy_of_another(c) if c.by == "rancher"

# --- what is recorded

policies contains s if {
	s := input.kubernetes.Policy[_]
	kubernetes.in_group(s, "audit.k8s.io")
}

applies contains s.id if some s in policies

silent(rule) if lib.text(rule.level) == "None"

# Rules that speak of some users, verbs, paths or resources only.
limited(rule) if {
	some key in ["users", "userGroups", "verbs", "resources", "namespaces", "nonResourceURLs"]
	kubernetes.size(rule[key]) > 0
}

# The first rule that fits decides: after this one nothing is recorded.
deny contains {"subject": s.id, "path": ["rules", i, "level"], "msg": msg} if {
	some s in policies
	rule := s.config.rules[i]
	silent(rule)
	not limited(rule)
	recorded := [j | earlier := s.config.rules[j]; j < i; lib.text(earlier.level) in {"Metadata", "Request", "RequestResponse"}]
	count(recorded) == 0
	msg := "level None for everything, before any rule that records: nothing is logged; end with level: Metadata instead"
}

deny contains {"subject": s.id, "path": ["rules", i, "level"], "msg": msg} if {
	some s in policies
	rule := s.config.rules[i]
	silent(rule)
	about_secrets(rule)
	every_caller(rule)
	recorded := [j | earlier := s.config.rules[j]; j < i; about_secrets(earlier); not silent(earlier)]
	count(recorded) == 0
	msg := "level None for secrets: nobody can say who read a key; record them at level Metadata, which leaves their values out"
}

about_secrets(rule) if {
	entry := rule.resources[_]
	kubernetes.get(entry, "group", "") == ""
	"secrets" in lib.as_array(entry.resources)
	kubernetes.size(kubernetes.get(entry, "resourceNames", [])) == 0
}

every_caller(rule) if {
	not lib.present(rule, "users")
	not lib.present(rule, "userGroups")
	not only_watches(rule)
}

only_watches(rule) if {
	verbs := {lower(lib.text(verb)) | verb := rule.verbs[_]}
	count(verbs) > 0
	count(verbs - {"watch", "list"}) == 0
	not "list" in verbs
}
