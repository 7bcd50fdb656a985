# METADATA
# title: A workload is told to call over plain HTTP or a connection without TLS
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service, ConfigMap]
package paylint.rules.cleartext_transport.kubernetes_urls

import data.paylint.kubernetes
import data.paylint.lib

# {subject, path, name, text}: variables and lines of configuration that are one value.
values contains {"subject": pod.id, "path": variable.path, "name": variable.name, "text": variable.value} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	variable := kubernetes.variables(c)[_]
	is_string(variable.value)
}

values contains {"subject": pod.id, "path": flag.path, "name": sprintf("--%s", [flag.name]), "text": flag.value} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	flag := kubernetes.flags(c)[_]
}

values contains {"subject": s.id, "path": ["data", key], "name": key, "text": text} if {
	s := input.kubernetes.ConfigMap[_]
	text := s.config.data[key]
	is_string(text)
	not contains(trim_space(text), "\n")
}

applies contains found.subject if {
	some found in values
	regex.match(`(?i)^\s*https?://|sslmode=|usessl=`, found.text)
}

applies contains found.subject if {
	some found in values
	modes[found.name]
}

# A name that ends as public ones do: names of the cluster (service.namespace) and of private networks end otherwise.
public_host(text) := found[1] if {
	some found in regex.find_all_string_submatch_n(`(?i)^\s*http://([a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|info|biz|gov|edu|ai|bank|[a-z]{2})|(?:[a-z0-9-]+\.){2,}(?:app|cloud|dev|online|shop|store|tech))(?:[:/?#]|\s*$)`, text, 1)
	not regex.match(`(?i)(?:^|\.)w3\.org$|(?:^|\.)(?:xmlsoap|opengis)\.org$|^schemas\.|\.svc\.`, found[1])
	not in_namespace(found[1])
}

# service.namespace: the second part is a namespace of these manifests.
in_namespace(host) if {
	parts := split(host, ".")
	count(parts) == 2
	parts[1] in {lib.namespace(pod.subject) | pod := lib.pods[_]}
}

in_namespace(host) if {
	parts := split(host, ".")
	some service in kubernetes.get(input.kubernetes, "Service", [])
	service.name == parts[0]
}

# Names of XML and of rules are names, not addresses.
an_identifier(name) if regex.match(`(?i)(?:namespace|schema|xmlns|issuer|audience|entity[-_]?id|realm|claim|role|type|scope|redirect|origin|proxy)`, name)

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	some found in values
	host := public_host(found.text)
	not an_identifier(found.name)
	msg := sprintf("`%s` calls %s over plain HTTP: every hop reads and changes what passes; use https", [found.name, host])
}

# --- databases and brokers

modes := {
	"PGSSLMODE": {"disable", "allow"},
	"KAFKA_SECURITY_PROTOCOL": {"plaintext", "sasl_plaintext"},
	"SPRING_KAFKA_SECURITY_PROTOCOL": {"plaintext", "sasl_plaintext"},
	"SPRING_KAFKA_PROPERTIES_SECURITY_PROTOCOL": {"plaintext", "sasl_plaintext"},
	"security.protocol": {"plaintext", "sasl_plaintext"},
	"ALLOW_PLAINTEXT_LISTENER": {"yes", "true", "1"},
}

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	some found in values
	regex.match(`(?i)[?&;\s](?:sslmode=(?:disable|allow)|usessl=false)(?:$|[&;\s"'])`, found.text)
	not to_itself(found.text)
	msg := sprintf("`%s` connects to the database without TLS; use sslmode=verify-full with the authority's certificate", [found.name])
}

# The same pod, or a proxy beside it that encrypts.
to_itself(text) if regex.match(`(?i)[@/=](?:localhost|127\.0\.0\.1|\[?::1\]?)(?:[:/\s]|$)`, text)

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	some found in values
	lower(trim_space(found.text)) in modes[found.name]
	msg := sprintf("%s: %s sends rows, events and passwords in clear text; require TLS (verify-full, SASL_SSL)", [found.name, trim_space(found.text)])
}
