# METADATA
# title: A load balancer or ingress is told to log no requests
# custom:
#   severity: medium
#   confidence: high
#   applies_to: {kubernetes: [Ingress, Service, ConfigMap, BackendConfig, GCPBackendPolicy]}
package paylint.rules.audit_logging_off.kubernetes_access

import data.paylint.kubernetes
import data.paylint.lib

# Annotations that switch it off.
annotated := {
	"nginx.ingress.kubernetes.io/enable-access-log": "false",
	"service.beta.kubernetes.io/aws-load-balancer-access-log-enabled": "false",
}

attributes := ["alb.ingress.kubernetes.io/load-balancer-attributes", "service.beta.kubernetes.io/aws-load-balancer-attributes"]

said contains {"subject": s.id, "path": ["metadata", "annotations", key], "off": off} if {
	some kind in ["Ingress", "Service"]
	s := input.kubernetes[kind][_]
	some key, value in annotated
	given := kubernetes.annotation(s, key)
	off := lower(given) == value
}

said contains {"subject": s.id, "path": ["metadata", "annotations", key], "off": off} if {
	some kind in ["Ingress", "Service"]
	s := input.kubernetes[kind][_]
	some key in attributes
	given := kubernetes.annotation(s, key)
	contains(given, "access_logs.s3.enabled")
	off := regex.match(`access_logs\.s3\.enabled\s*=\s*false`, given)
}

said contains {"subject": s.id, "path": ["data", key], "off": off} if {
	s := input.kubernetes.ConfigMap[_]
	regex.match(`(?i)nginx|ingress`, s.name)
	some key in ["disable-access-log", "disable-http-access-log"]
	given := lib.text(s.config.data[key])
	off := lower(given) == "true"
}

said contains {"subject": s.id, "path": array.concat(place.path, ["enable"]), "off": off} if {
	some place in [
		{"kind": "BackendConfig", "group": "cloud.google.com", "path": ["spec", "logging"]},
		{"kind": "GCPBackendPolicy", "group": "networking.gke.io", "path": ["spec", "default", "logging"]},
	]
	s := input.kubernetes[place.kind][_]
	kubernetes.in_group(s, place.group)
	given := kubernetes.get(s.config, array.concat(place.path, ["enabled"]), kubernetes.get(s.config, array.concat(place.path, ["enable"]), null))
	given != null
	off := lower(sprintf("%v", [given])) == "false"
}

applies contains item.subject if some item in said

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in said
	item.off
	msg := "requests leave no trace: who read what, and from where, cannot be told afterwards; leave the access log on"
}
