# METADATA
# title: TLS and certificates of gateways, meshes, ingresses and brokers
# custom:
#   confidence: high
#   applies_to: {kubernetes: ["*"]}
package paylint.rules.cryptography.kubernetes

import data.paylint.inventory
import data.paylint.kubernetes
import data.paylint.lib

found contains {"s": s, "path": ["spec", "servers", i, "tls"], "values": values} if {
	s := input.kubernetes.Gateway[_]
	kubernetes.in_group(s, "networking.istio.io")
	server := s.config.spec.servers[i]
	is_object(server.tls)
	values := {
		"kind": "protocol", "name": "TLS", "side": "server", "purpose": "gateway",
		"mode": object.get(server.tls, "mode", null),
		"minimum version": object.get(server.tls, "minProtocolVersion", least(server.tls)),
		"maximum version": object.get(server.tls, "maxProtocolVersion", null),
		"cipher suites": object.get(server.tls, "cipherSuites", null),
		"certificate": object.get(server.tls, "credentialName", object.get(server.tls, "serverCertificate", null)),
		"hosts": object.get(server, "hosts", null),
		"port": object.get(server, ["port", "number"], null),
	}
}

# What passes through is not this gateway's.
least(tls) := null if {
	upper(lib.text(tls.mode)) in {"PASSTHROUGH", "AUTO_PASSTHROUGH"}
} else := "TLSV1_2 (default of Istio)"

found contains {"s": s, "path": ["spec", "listeners", i, "tls"], "values": values} if {
	s := input.kubernetes.Gateway[_]
	kubernetes.in_group(s, "gateway.networking.k8s.io")
	listener := s.config.spec.listeners[i]
	is_object(listener.tls)
	values := {
		"kind": "protocol", "name": "TLS", "side": "server", "purpose": "gateway",
		"mode": object.get(listener.tls, "mode", "Terminate (default)"),
		"certificate": [name | name := listener.tls.certificateRefs[_].name],
		"hosts": object.get(listener, "hostname", null),
		"port": object.get(listener, "port", null),
		"options": [sprintf("%v=%v", [key, value]) | value := listener.tls.options[key]],
		"default": "versions are the controller's",
	}
}

found contains {"s": s, "path": path, "values": values} if {
	s := input.kubernetes.DestinationRule[_]
	kubernetes.in_group(s, "networking.istio.io")
	walk(s.config, [path, tls])
	count(path) > 0
	path[count(path) - 1] == "tls"
	is_object(tls)
	not upper(lib.text(tls.mode)) == "DISABLE"
	values := {
		"kind": "protocol", "name": "TLS", "side": "client", "purpose": "service mesh",
		"mode": object.get(tls, "mode", null),
		"hosts": object.get(s.config.spec, "host", null),
		"certificate": object.get(tls, "credentialName", object.get(tls, "clientCertificate", null)),
		"verification": object.get(tls, "caCertificates", null),
	}
}

found contains {"s": s, "path": ["spec", "mtls"], "values": values} if {
	s := input.kubernetes.PeerAuthentication[_]
	mode := s.config.spec.mtls.mode
	not upper(lib.text(mode)) == "DISABLE"
	values := {"kind": "protocol", "name": "TLS", "side": "server", "purpose": "service mesh", "mode": mode, "verification": demanded(mode), "default": "versions and suites are the mesh's"}
}

demanded(mode) := "both sides, certificates of the mesh" if {
	upper(lib.text(mode)) == "STRICT"
} else := "unknown: plain text is taken as well" if {
	upper(lib.text(mode)) == "PERMISSIVE"
} else := "unknown"

found contains {"s": s, "path": ["spec", "tls", i], "values": values} if {
	s := input.kubernetes.Ingress[_]
	tls := s.config.spec.tls[i]
	is_object(tls)
	annotations := object.get(s.config.metadata, "annotations", {})
	values := {
		"kind": "protocol", "name": "TLS", "side": "server", "purpose": "ingress",
		"certificate": object.get(tls, "secretName", null),
		"hosts": object.get(tls, "hosts", null),
		"policy": kubernetes.get(annotations, "alb.ingress.kubernetes.io/ssl-policy", null),
		"versions": kubernetes.get(annotations, "nginx.ingress.kubernetes.io/ssl-protocols", "of the controller (default)"),
		"cipher suites": kubernetes.get(annotations, "nginx.ingress.kubernetes.io/ssl-ciphers", null),
	}
}

found contains {"s": s, "path": ["spec", "kafka", "listeners", i], "values": values} if {
	s := input.kubernetes.Kafka[_]
	listener := s.config.spec.kafka.listeners[i]
	lib.truthy(listener.tls)
	values := {
		"kind": "protocol", "name": "TLS", "side": "server", "purpose": "messages",
		"versions": object.get(s.config.spec.kafka, ["config", "ssl.enabled.protocols"], "TLSv1.2, TLSv1.3 (default of Kafka)"),
		"cipher suites": object.get(s.config.spec.kafka, ["config", "ssl.cipher.suites"], null),
		"authentication": object.get(listener, ["authentication", "type"], null),
		"port": object.get(listener, "port", null),
	}
}

found contains {"s": s, "path": path, "values": values} if {
	some kind in ["PodMonitor", "ServiceMonitor"]
	s := input.kubernetes[kind][_]
	walk(s.config, [path, tls])
	count(path) > 0
	path[count(path) - 1] == "tlsConfig"
	is_object(tls)
	values := {
		"kind": "protocol", "name": "TLS", "side": "client", "purpose": "metrics",
		"minimum version": object.get(tls, "minVersion", "of Prometheus (default)"),
		"hosts": object.get(tls, "serverName", null),
		"verification": verified(tls),
	}
}

verified(tls) := "off" if {
	lib.truthy(tls.insecureSkipVerify)
} else := "on"

found contains {"s": s, "path": ["spec"], "values": values} if {
	s := input.kubernetes.Certificate[_]
	kubernetes.in_group(s, "cert-manager.io")
	values := {
		"kind": "certificate",
		"name": object.get(s.config.spec, ["privateKey", "algorithm"], "RSA (default of cert-manager)"),
		"key size": object.get(s.config.spec, ["privateKey", "size"], null),
		"domain": object.get(s.config.spec, "dnsNames", null),
		"duration": object.get(s.config.spec, "duration", null),
		"key": object.get(s.config.spec, "secretName", null),
	}
}

found contains {"s": s, "path": ["parameters"], "values": values} if {
	s := input.kubernetes.StorageClass[_]
	lib.truthy(s.config.parameters.encrypted)
	values := {"kind": "algorithm", "name": "AES-256", "purpose": "encryption at rest", "key": object.get(s.config.parameters, "kmsKeyId", null)}
}

found contains {"s": s, "path": ["resources", i, "providers", j], "values": values} if {
	s := input.kubernetes.EncryptionConfiguration[_]
	some name, _ in s.config.resources[i].providers[j]
	name != "identity"
	values := {"kind": "algorithm", "name": name, "purpose": "secrets of the cluster"}
}

applies contains each.s.id if some each in found

deny contains inventory.entry(each.s, each.path, each.values) if some each in found
