# METADATA
# title: A database or cache that an operator runs accepts clients without authentication
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Cluster, postgresql, PostgresCluster, RedisFailover, Redis, RedisCluster, RedisReplication, OpenSearchCluster]
package paylint.rules.authentication_off.kubernetes_operators

import data.paylint.kubernetes
import data.paylint.lib

# --- PostgreSQL: lines of pg_hba.conf

lists := [
	{"kind": "Cluster", "group": "postgresql.cnpg.io", "path": ["spec", "postgresql", "pg_hba"]},
	{"kind": "postgresql", "group": "acid.zalan.do", "path": ["spec", "patroni", "pg_hba"]},
	{"kind": "PostgresCluster", "group": "postgres-operator.crunchydata.com", "path": ["spec", "patroni", "dynamicConfiguration", "postgresql", "pg_hba"]},
]

lines contains {"subject": s.id, "path": array.concat(list.path, [i]), "line": line} if {
	some list in lists
	s := input.kubernetes[list.kind][_]
	kubernetes.in_group(s, list.group)
	given := kubernetes.get(s.config, list.path, [])
	line := given[i]
	is_string(line)
}

applies contains found.subject if some found in lines

# A socket, and the node's own address, are not the network.
trusts(line) if {
	regex.match(`(?i)^\s*host(?:ssl|nossl)?\s+\S+\s+\S+\s+\S+(?:\s+[0-9.]+)?\s+trust(?:\s|$)`, line)
	not regex.match(`\s(?:127\.[0-9.]+(?:/[0-9]+)?|::1(?:/128)?|localhost)\s`, line)
}

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	some found in lines
	trusts(found.line)
	msg := "`trust`: whoever reaches the database is whoever he says; use hostssl with scram-sha-256 or cert"
}

# --- Redis: without a secret there is no password

caches contains {"subject": s.id, "path": ["spec", "auth"], "secret": secret} if {
	s := input.kubernetes.RedisFailover[_]
	kubernetes.in_group(s, "databases.spotahome.com")
	secret := kubernetes.get(s.config, ["spec", "auth", "secretPath"], null)
}

caches contains {"subject": s.id, "path": ["spec", "kubernetesConfig"], "secret": secret} if {
	some kind in ["Redis", "RedisCluster", "RedisReplication"]
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "redis.redis.opstreelabs.in")
	secret := kubernetes.get(s.config, ["spec", "kubernetesConfig", "redisSecret"], null)
}

applies contains cache.subject if some cache in caches

deny contains {"subject": cache.subject, "path": cache.path, "msg": msg} if {
	some cache in caches
	cache.secret == null
	msg := "no secret is named, so Redis asks for no password: whoever reaches it reads and writes; name one"
}

# --- OpenSearch

applies contains s.id if {
	s := input.kubernetes.OpenSearchCluster[_]
	kubernetes.in_group(s, "opensearch.opster.io")
}

deny contains {"subject": s.id, "path": ["spec", "general", "additionalConfig", "plugins.security.disabled"], "msg": msg} if {
	s := input.kubernetes.OpenSearchCluster[_]
	s.id in applies
	lib.truthy(s.config.spec.general.additionalConfig["plugins.security.disabled"])
	msg := "the security plugin is off: no login, no roles, no TLS; take the line out"
}
