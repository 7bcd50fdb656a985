# METADATA
# title: A custom resource switches TLS off, or fetches by plain HTTP
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [CrdbCluster, TidbCluster, PerconaXtraDBCluster, PerconaServerMongoDB, MariaDB, Tenant, Keycloak, ArgoCD, Vault, CassandraDatacenter, MongoDB, HelmRepository, GitRepository, OCIRepository, ImageRepository, Bucket, SecretStore, ClusterSecretStore, VaultConnection, SecretProviderClass, KafkaConnect, KafkaBridge, Cluster, ConfigMap]
package paylint.rules.cleartext_transport.kubernetes_resources

import data.paylint.custom_resources
import data.paylint.kubernetes
import data.paylint.lib

# `bad`: the values that mean plain text; null is nothing written.
places := [
	{"kind": "CrdbCluster", "group": "crdb.cockroachlabs.com", "path": ["spec", "tlsEnabled"], "bad": {"false"}},
	{"kind": "TidbCluster", "group": "pingcap.com", "path": ["spec", "tlsCluster", "enabled"], "bad": {"false"}},
	{"kind": "TidbCluster", "group": "pingcap.com", "path": ["spec", "tidb", "tlsClient", "enabled"], "bad": {"false"}},
	{"kind": "PerconaXtraDBCluster", "group": "pxc.percona.com", "path": ["spec", "tls", "enabled"], "bad": {"false"}},
	{"kind": "PerconaServerMongoDB", "group": "psmdb.percona.com", "path": ["spec", "unsafeFlags", "tls"], "bad": {"true"}},
	{"kind": "MariaDB", "group": "k8s.mariadb.com", "path": ["spec", "tls", "enabled"], "bad": {"false"}},
	{"kind": "Keycloak", "group": "k8s.keycloak.org", "path": ["spec", "http", "httpEnabled"], "bad": {"true"}},
	{"kind": "ArgoCD", "group": "argoproj.io", "path": ["spec", "server", "insecure"], "bad": {"true"}},
	{"kind": "Vault", "group": "vault.banzaicloud.com", "path": ["spec", "config", "listener", "tcp", "tls_disable"], "bad": {"true", "1"}},
	{"kind": "CassandraDatacenter", "group": "cassandra.datastax.com", "path": ["spec", "config", "cassandra-yaml", "client_encryption_options", "enabled"], "bad": {"false"}},
	{"kind": "MongoDB", "group": "mongodb.com", "path": ["spec", "security", "tls", "enabled"], "bad": {"false"}},
	{"kind": "OCIRepository", "group": "source.toolkit.fluxcd.io", "path": ["spec", "insecure"], "bad": {"true"}},
	{"kind": "HelmRepository", "group": "source.toolkit.fluxcd.io", "path": ["spec", "insecure"], "bad": {"true"}},
	{"kind": "Bucket", "group": "source.toolkit.fluxcd.io", "path": ["spec", "insecure"], "bad": {"true"}},
	{"kind": "ImageRepository", "group": "image.toolkit.fluxcd.io", "path": ["spec", "insecure"], "bad": {"true"}},
	{"kind": "KafkaConnect", "group": "kafka.strimzi.io", "path": ["spec", "tls"], "bad": {null}},
	{"kind": "KafkaBridge", "group": "kafka.strimzi.io", "path": ["spec", "tls"], "bad": {null}},
]

applies contains item.subject if item := custom_resources.found(places)[_]

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	item := custom_resources.found(places)[_]
	item.value in item.place.bad
	msg := sprintf("this %v takes or sends plain text, passwords included; switch TLS on, with a certificate", [item.place.kind])
}

# MinIO makes certificates by itself unless it is told not to; it may be given some.
applies contains s.id if s := tenants[_]

tenants := [s | s := input.kubernetes.Tenant[_]; kubernetes.in_group(s, "minio.min.io")]

deny contains {"subject": s.id, "path": ["spec", "requestAutoCert"], "msg": msg} if {
	s := tenants[_]
	lib.falsy(s.config.spec.requestAutoCert)
	kubernetes.size(kubernetes.get(s.config.spec, "externalCertSecret", [])) == 0
	msg := "without certificates the object store is served over plain HTTP; set true, or name externalCertSecret"
}

# --- addresses that are called

addresses := [
	{"kind": "HelmRepository", "group": "source.toolkit.fluxcd.io", "path": ["spec", "url"]},
	{"kind": "GitRepository", "group": "source.toolkit.fluxcd.io", "path": ["spec", "url"]},
	{"kind": "SecretStore", "group": "external-secrets.io", "path": ["spec", "provider", "vault", "server"]},
	{"kind": "ClusterSecretStore", "group": "external-secrets.io", "path": ["spec", "provider", "vault", "server"]},
	{"kind": "VaultConnection", "group": "secrets.hashicorp.com", "path": ["spec", "address"]},
	{"kind": "SecretProviderClass", "group": "secrets-store.csi.x-k8s.io", "path": ["spec", "parameters", "vaultAddress"]},
]

applies contains item.subject if {
	item := custom_resources.found(addresses)[_]
	item.value != null
}

deny contains {"subject": item.subject, "path": item.path, "msg": msg, "confidence": confidence} if {
	item := custom_resources.found(addresses)[_]
	startswith(lib.text(item.value), "http://")
	not regex.match(`^http://(?:127\.|localhost|\[::1\])`, item.value)
	confidence := sureness(item.value)
	msg := sprintf("%v is called over plain HTTP: every hop reads and changes what passes; use https", [item.value])
}

# A mesh may encrypt what stays in the cluster.
sureness(url) := "low" if {
	regex.match(`^http://(?:[a-z0-9-]+|[a-z0-9.-]+\.svc(?:\.cluster\.local)?)(?:[:/]|$)`, url)
} else := "medium" if {
	regex.match(`^http://[a-z0-9-]+\.[a-z0-9-]+(?:[:/]|$)`, url)
} else := "high"

# --- pg_hba.conf

lines := [{"subject": item.subject, "path": item.path, "line": item.value} |
	item := custom_resources.found([{"kind": "Cluster", "group": "postgresql.cnpg.io", "path": ["spec", "postgresql", "pg_hba", "*"]}])[_]
]

applies contains found.subject if found := lines[_]

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	found := lines[_]
	regex.match(`^\s*hostnossl\s`, lib.text(found.line))
	not regex.match(`\sreject\s*$|\s127\.0\.0\.1/32\s|\s::1/128\s`, found.line)
	msg := "`hostnossl` takes connections without TLS; use hostssl"
}

# --- in a ConfigMap

applies contains s.id if {
	s := input.kubernetes.ConfigMap[_]
	s.name == "argocd-cmd-params-cm"
}

deny contains {"subject": s.id, "path": ["data", "server.insecure"], "msg": msg, "confidence": "medium"} if {
	s := input.kubernetes.ConfigMap[_]
	s.name == "argocd-cmd-params-cm"
	lib.truthy(s.config.data["server.insecure"])
	msg := "Argo CD's server speaks plain HTTP behind its ingress, logins and tokens included; take server.insecure out"
}

vaults contains {"subject": s.id, "path": ["data", key], "text": text} if {
	s := input.kubernetes.ConfigMap[_]
	some key, text in kubernetes.entries(s.config.data)
	regex.match(`(?m)^\s*"?listener"?[ :]+[{"]*tcp`, lib.text(text))
}

applies contains vault.subject if some vault in vaults

deny contains {"subject": vault.subject, "path": vault.path, "msg": msg} if {
	some vault in vaults
	regex.match(`(?m)^\s*"?tls_disable"?\s*[:=]\s*"?(?:1|true)`, vault.text)
	not regex.match(`(?m)^\s*"?address"?\s*[:=]\s*"?127\.`, vault.text)
	msg := "tls_disable: the vault takes tokens and gives secrets in clear text; name tls_cert_file and tls_key_file"
}
