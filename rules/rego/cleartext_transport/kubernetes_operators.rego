# METADATA
# title: A database, broker or search service that an operator runs takes plain text
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Elasticsearch, Kibana, ApmServer, EnterpriseSearch, RabbitmqCluster, MongoDBCommunity, PerconaServerMongoDB, postgresql]
package paylint.rules.cleartext_transport.kubernetes_operators

import data.paylint.kubernetes
import data.paylint.lib

# --- Elastic's operator switches TLS on by itself

elastic contains s if {
	some kind, group in {
		"Elasticsearch": "elasticsearch.k8s.elastic.co",
		"Kibana": "kibana.k8s.elastic.co",
		"ApmServer": "apm.k8s.elastic.co",
		"EnterpriseSearch": "enterprisesearch.k8s.elastic.co",
	}
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, group)
}

applies contains s.id if some s in elastic

deny contains {"subject": s.id, "path": ["spec", "http", "tls", "selfSignedCertificate", "disabled"], "msg": msg} if {
	some s in elastic
	lib.truthy(s.config.spec.http.tls.selfSignedCertificate.disabled)
	not lib.present(kubernetes.get(s.config.spec.http.tls, "certificate", {}), "secretName")
	msg := "without a certificate the service speaks plain HTTP, passwords included; take the line out, or name a certificate secret"
}

# --- RabbitMQ

rabbits contains s if {
	s := input.kubernetes.RabbitmqCluster[_]
	kubernetes.in_group(s, "rabbitmq.com")
	is_object(s.config.spec)
}

applies contains s.id if some s in rabbits

deny contains {"subject": s.id, "path": ["spec", "tls"], "msg": msg} if {
	some s in rabbits
	not lib.present(kubernetes.get(s.config.spec, "tls", {}), "secretName")
	msg := "without tls.secretName the broker takes passwords and messages in clear text; name a certificate, and set disableNonTLSListeners: true"
}

deny contains {"subject": s.id, "path": ["spec", "tls", "disableNonTLSListeners"], "msg": msg} if {
	some s in rabbits
	lib.present(kubernetes.get(s.config.spec, "tls", {}), "secretName")
	not lib.truthy(s.config.spec.tls.disableNonTLSListeners)
	msg := "the plain listeners stay open beside those with TLS; set disableNonTLSListeners: true"
}

# --- MongoDB

mongos contains s if {
	s := input.kubernetes.MongoDBCommunity[_]
	kubernetes.in_group(s, "mongodbcommunity.mongodb.com")
	is_object(s.config.spec)
}

applies contains s.id if some s in mongos

deny contains {"subject": s.id, "path": ["spec", "security", "tls"], "msg": msg} if {
	some s in mongos
	tls := kubernetes.get(s.config, ["spec", "security", "tls"], {})
	lib.falsy(kubernetes.get(tls, "enabled", false))
	msg := "clients reach the database in clear text; set security.tls.enabled: true with a certificate"
}

deny contains {"subject": s.id, "path": ["spec", "security", "tls", "optional"], "msg": msg} if {
	some s in mongos
	lib.truthy(s.config.spec.security.tls.enabled)
	lib.truthy(s.config.spec.security.tls.optional)
	msg := "TLS is optional: clients without it are served all the same; take `optional` out"
}

perconas contains s if {
	s := input.kubernetes.PerconaServerMongoDB[_]
	kubernetes.in_group(s, "psmdb.percona.com")
}

applies contains s.id if some s in perconas

deny contains {"subject": s.id, "path": ["spec", "tls", "mode"], "msg": msg} if {
	some s in perconas
	mode := lower(lib.text(s.config.spec.tls.mode))
	mode in {"disabled", "allowtls"}
	msg := sprintf("tls.mode %s: connections go in clear text; set requireTLS", [s.config.spec.tls.mode])
}

# --- PostgreSQL

zalandos contains s if {
	s := input.kubernetes.postgresql[_]
	kubernetes.in_group(s, "acid.zalan.do")
}

applies contains s.id if some s in zalandos

deny contains {"subject": s.id, "path": ["spec", "postgresql", "parameters", "ssl"], "msg": msg} if {
	some s in zalandos
	lower(sprintf("%v", [kubernetes.get(s.config, ["spec", "postgresql", "parameters", "ssl"], "on")])) in {"off", "false", "no", "0"}
	msg := "ssl is off: passwords and rows go over the network in clear text; take the line out"
}

# Lines that take connections without TLS from more than the node itself.
deny contains {"subject": s.id, "path": ["spec", "patroni", "pg_hba", i], "msg": msg} if {
	some s in zalandos
	line := lib.text(s.config.spec.patroni.pg_hba[i])
	regex.match(`(?i)^\s*hostnossl\s`, line)
	not regex.match(`(?i)\sreject\s*$|\s127\.0\.0\.1/32\s|\s::1/128\s`, line)
	msg := "`hostnossl` takes connections without TLS; use hostssl"
}
