# METADATA
# title: A kubeconfig does not check the API server's certificate
# custom: {confidence: high, applies_to: {kubernetes: [Config]}}
package paylint.rules.tls_verification_disabled.kubernetes_kubeconfig

import data.paylint.lib

configs contains s if {
	s := input.kubernetes.Config[_]
	s.config.apiVersion == "v1"
	is_array(s.config.clusters)
}

applies contains s.id if some s in configs

deny contains {"subject": s.id, "path": ["clusters", i, "cluster", "insecure-skip-tls-verify"], "msg": msg} if {
	some s in configs
	lib.truthy(s.config.clusters[i].cluster["insecure-skip-tls-verify"])
	msg := "whoever stands between takes the cluster's credentials: the API server's certificate is not checked; give certificate-authority-data instead"
}
