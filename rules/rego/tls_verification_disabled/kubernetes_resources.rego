# METADATA
# title: A custom resource switches certificate checks off
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [VaultConnection, SecretProviderClass, InnoDBCluster, Secret]
package paylint.rules.tls_verification_disabled.kubernetes_resources

import data.paylint.custom_resources
import data.paylint.kubernetes
import data.paylint.lib

places := [
	{"kind": "VaultConnection", "group": "secrets.hashicorp.com", "path": ["spec", "skipTLSVerify"]},
	{"kind": "SecretProviderClass", "group": "secrets-store.csi.x-k8s.io", "path": ["spec", "parameters", "vaultSkipTLSVerify"]},
	{"kind": "InnoDBCluster", "group": "mysql.oracle.com", "path": ["spec", "tlsUseSelfSigned"]},
]

applies contains item.subject if item := custom_resources.found(places)[_]

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	item := custom_resources.found(places)[_]
	item.value == "true"
	msg := "any certificate is taken, so anybody on the way can answer; name the authority's certificate instead"
}

# Argo CD's repositories are Secrets with a label.
repositories contains s if {
	s := input.kubernetes.Secret[_]
	s.config.metadata.labels["argocd.argoproj.io/secret-type"] in {"repository", "repo-creds", "cluster"}
}

applies contains s.id if some s in repositories

deny contains {"subject": s.id, "path": ["stringData", key], "msg": msg} if {
	some s in repositories
	some key in ["insecure", "insecureIgnoreHostKey"]
	lib.truthy(kubernetes.get(s.config, ["stringData", key], null))
	msg := sprintf("%s: Argo CD takes any certificate or host key for this repository, and so what anybody on the way sends it to deploy; add the authority to argocd-tls-certs-cm", [key])
}

deny contains {"subject": s.id, "path": ["stringData", "config"], "msg": msg} if {
	some s in repositories
	regex.match(`"insecure"\s*:\s*true`, lib.text(s.config.stringData.config))
	msg := "Argo CD checks no certificate of this cluster; give caData instead"
}
