caches contains {"subject": s.id, "path": ["spec", "auth"], "secret": secret} if {
	s := input.kubernetes.RedisFailover[_]
	kubernetes.in_group(s, "databases.spotahome.com")
	secret := object.get(s.config, ["spec", "auth", "secretPath"], null)
}

caches contains {"subject": s.id, "path": ["spec", "kubernetesConfig"], "secret": secret} if {
	some kind in ["Redis", "RedisCluster", "RedisReplication"]
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "redis.redis.opstreelabs.in")
	secret := object.get(s.config, ["spec", "kubernetesConfig", "redisSecret"], null)
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
