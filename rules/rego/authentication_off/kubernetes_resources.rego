# METADATA
# title: A custom resource switches authentication off, or leaves it off
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Elasticsearch, CassandraDatacenter, K8ssandraCluster, Grafana, MongoDB, Dragonfly, RedisSentinel]
package paylint.rules.authentication_off.kubernetes_resources

import data.paylint.custom_resources
import data.paylint.lib

# `bad`: the values that let everybody in; null is nothing written.
places := [
	{"kind": "Elasticsearch", "group": "elasticsearch.k8s.elastic.co", "path": ["spec", "nodeSets", "*", "config", "xpack.security.enabled"], "bad": {"false"}, "instead": "take the line out"},
	{"kind": "Elasticsearch", "group": "elasticsearch.k8s.elastic.co", "path": ["spec", "nodeSets", "*", "config", "xpack.security.authc.anonymous.roles"], "bad": {"superuser"}, "instead": "take the line out"},
	{"kind": "CassandraDatacenter", "group": "cassandra.datastax.com", "path": ["spec", "config", "cassandra-yaml", "authenticator"], "bad": {"allowallauthenticator"}, "instead": "use PasswordAuthenticator"},
	{"kind": "K8ssandraCluster", "group": "k8ssandra.io", "path": ["spec", "cassandra", "config", "cassandraYaml", "authenticator"], "bad": {"allowallauthenticator"}, "instead": "use PasswordAuthenticator"},
	{"kind": "K8ssandraCluster", "group": "k8ssandra.io", "path": ["spec", "auth"], "bad": {"false"}, "instead": "set true"},
	{"kind": "Grafana", "group": "grafana.integreatly.org", "path": ["spec", "config", "auth.anonymous", "enabled"], "bad": {"true"}, "instead": "set \"false\""},
	{"kind": "MongoDB", "group": "mongodb.com", "path": ["spec", "security", "authentication", "enabled"], "bad": {"false"}, "instead": "set true, with modes"},
	{"kind": "Dragonfly", "group": "dragonflydb.io", "path": ["spec", "authentication"], "bad": {null}, "instead": "name passwordFromSecret or clientCaCertSecret"},
	{"kind": "RedisSentinel", "group": "redis.redis.opstreelabs.in", "path": ["spec", "kubernetesConfig", "redisSecret"], "bad": {null}, "instead": "name a secret"},
]

applies contains item.subject if item := custom_resources.found(places)[_]

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	item := custom_resources.found(places)[_]
	item.value in item.place.bad
	not in_arguments(item.subject)
	msg := sprintf("whoever reaches this %v reads and writes without a login; %v", [item.place.kind, item.place.instead])
}

# A password among the program's own options.
in_arguments(id) if {
	s := input.kubernetes.Dragonfly[_]
	s.id == id
	regex.match(`^--(?:requirepass|aclfile|tls_ca_cert_file)`, lib.text(s.config.spec.args[_]))
}
