# METADATA
# title: A kubeconfig holds the credentials of a cluster's user
# custom: {confidence: high, applies_to: {kubernetes: [Config]}}
package paylint.rules.plaintext_secret.kubernetes_kubeconfig

import data.paylint.lib

configs contains s if {
	s := input.kubernetes.Config[_]
	s.config.apiVersion == "v1"
	is_array(s.config.users)
}

applies contains s.id if some s in configs

deny contains {"subject": s.id, "path": ["users", i, "user", key], "msg": msg} if {
	some s in configs
	some key in ["client-key-data", "token", "password"]
	value := lib.text(s.config.users[i].user[key])
	lib.secret_value(value)
	msg := sprintf("`%s` lets everyone who reads this file act in the cluster; keep it out of version control and log in by an exec plugin", [key])
}
