# METADATA
# title: TLS of web servers, proxies, databases and brokers
# custom:
#   confidence: high
#   applies_to:
#     nginx: ["*"]
#     apache: ["*"]
#     haproxy: ["*"]
#     envoy: ["*"]
#     postgresql: [server]
#     redis: [server]
#     kafka: [broker, client]
#     mysql: ["*"]
package paylint.rules.cryptography.servers

import data.paylint.apache
import data.paylint.envoy
import data.paylint.haproxy
import data.paylint.inventory
import data.paylint.lib
import data.paylint.nginx
import data.paylint.servers

tls(side, purpose) := {"kind": "protocol", "name": "TLS", "side": side, "purpose": purpose}

words(r, name, otherwise) := concat(" ", [inventory.shown(word) | some word in lib.as_array(r.config.directives[name][0])]) if {
	r.config.directives[name][0]
} else := otherwise

# What is not here may stand in a file that is included.
left_out(s, otherwise) := "those that certbot writes" if {
	nginx.set_by_certbot(s)
} else := "unknown (in a file that is not here)" if {
	nginx.unsure(s)
} else := otherwise

found contains {"s": s, "path": [], "values": values} if {
	s := input.nginx.server[_]
	nginx.speaks_tls(s)
	values := object.union(tls("server", "web server"), {
		"versions": words(s, "ssl_protocols", left_out(s, "of nginx's version (default)")),
		"cipher suites": words(s, "ssl_ciphers", left_out(s, "HIGH:!aNULL:!MD5 (default of nginx)")),
		"certificate": words(s, "ssl_certificate", null),
		"key": words(s, "ssl_certificate_key", null),
		"hosts": words(s, "server_name", null),
		"verification": words(s, "ssl_verify_client", "clients are not asked (default)"),
	})
}

found contains {"s": r, "path": [], "values": values} if {
	some pass in nginx.passes
	pass.tls == true
	r := pass.r
	values := object.union(tls("client", "reverse proxy"), {
		"hosts": pass.value,
		"versions": words(r, sprintf("%v_ssl_protocols", [pass.prefix]), null),
		"cipher suites": words(r, sprintf("%v_ssl_ciphers", [pass.prefix]), null),
		"verification": words(r, sprintf("%v_ssl_verify", [pass.prefix]), "off (default of nginx)"),
	})
}

found contains {"s": r, "path": [], "values": values} if {
	r := input.apache.virtual_host[_]
	apache.speaks_tls(r)
	values := object.union(tls("server", "web server"), {
		"versions": words(r, "sslprotocol", "of Apache's version (default)"),
		"cipher suites": words(r, "sslciphersuite", "of Apache's version (default)"),
		"certificate": words(r, "sslcertificatefile", null),
		"key": words(r, "sslcertificatekeyfile", null),
		"verification": words(r, "sslverifyclient", "clients are not asked (default)"),
		"hosts": words(r, "servername", null),
	})
}

sides := {"bind": "server", "server": "client"}

found contains {"s": r, "path": options.path, "values": values} if {
	some options in haproxy.option_sets
	options.options.ssl == true
	r := haproxy.proxies[_]
	r.id == options.subject
	set := options.options
	values := object.union(tls(sides[options.side], "proxy"), {
		"minimum version": object.get(set, "ssl-min-ver", globally(options.side, "ssl-min-ver", "TLSv1.2 (default of HAProxy)")),
		"maximum version": object.get(set, "ssl-max-ver", globally(options.side, "ssl-max-ver", null)),
		"cipher suites": object.get(set, "ciphers", null),
		"certificate": object.get(set, "crt", null),
		"verification": object.get(set, "verify", null),
	})
}

# The global section's options are those of every line that says nothing else.
globally(side, name, otherwise) := [value |
	r := input.haproxy.global[_]
	value := r.config[sprintf("%v_defaults", [side])][name]
][0] if {
	count([1 | input.haproxy.global[_].config[sprintf("%v_defaults", [side])][name]]) > 0
} else := otherwise

edges := {"Downstream": "server", "Upstream": "client"}

found contains {"s": each.r, "path": each.path, "values": values} if {
	some each in envoy.tls_contexts
	common := object.get(each.context, "common_tls_context", {})
	values := object.union(tls(edges[each.side], "proxy"), {
		"minimum version": object.get(common, ["tls_params", "tls_minimum_protocol_version"], "TLSv1_2 (default of Envoy)"),
		"maximum version": object.get(common, ["tls_params", "tls_maximum_protocol_version"], null),
		"cipher suites": object.get(common, ["tls_params", "cipher_suites"], null),
		"hosts": object.get(each.context, "sni", null),
		"verification": object.get(common, ["validation_context", "trusted_ca", "filename"], null),
	})
}

found contains {"s": s, "path": [], "values": values} if {
	s := input.postgresql.server[_]
	lib.present(s.config, "ssl")
	not servers.pg_off(s.config.ssl)
	values := object.union(tls("server", "database"), {
		"minimum version": object.get(s.config, "ssl_min_protocol_version", "TLSv1.2 (default of PostgreSQL)"),
		"maximum version": object.get(s.config, "ssl_max_protocol_version", null),
		"cipher suites": object.get(s.config, "ssl_ciphers", "HIGH:MEDIUM:+3DES:!aNULL (default of PostgreSQL)"),
		"certificate": object.get(s.config, "ssl_cert_file", null),
		"key": object.get(s.config, "ssl_key_file", null),
	})
}

found contains {"s": s, "path": [], "values": values} if {
	s := input.redis.server[_]
	lib.present(s.config, "tls-port")
	values := object.union(tls("server", "cache"), {
		"versions": object.get(s.config, "tls-protocols", "TLSv1.2 TLSv1.3 (default of Redis)"),
		"cipher suites": object.get(s.config, "tls-ciphers", null),
		"certificate": object.get(s.config, "tls-cert-file", null),
		"key": object.get(s.config, "tls-key-file", null),
		"verification": object.get(s.config, "tls-auth-clients", "yes (default of Redis)"),
		"port": object.get(s.config, "tls-port", null),
	})
}

kafka_sides := {"broker": "server", "client": "client"}

speaks(s) if {
	some _, value in s.config
	regex.match(`(?:^|[,:])(?:SASL_)?SSL(?:$|[,:])`, lib.text(value))
}

speaks(s) if {
	some name, _ in s.config
	regex.match(`(?:^|\.)ssl\.`, name)
}

found contains {"s": s, "path": [], "values": values} if {
	some type, side in kafka_sides
	s := input.kafka[type][_]
	speaks(s)
	values := object.union(tls(side, "messages"), {
		"versions": object.get(s.config, "ssl.enabled.protocols", "TLSv1.2, TLSv1.3 (default of Kafka)"),
		"cipher suites": object.get(s.config, "ssl.cipher.suites", null),
		"verification": object.get(s.config, "ssl.client.auth", null),
		"certificate": object.get(s.config, "ssl.keystore.location", null),
	})
}

applies contains each.s.id if some each in found

deny contains inventory.entry(each.s, each.path, each.values) if some each in found
