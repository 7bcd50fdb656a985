# METADATA
# title: The API server or a topic keeps audit events for less than twelve months
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, KafkaTopic]
package paylint.rules.audit_log_retention.kubernetes

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

day_ms := ((24 * 60) * 60) * 1000

# --- the API server's own files: what is sent elsewhere is kept there

servers := [c | c := components.of("kube-apiserver")[_]; not components.sets(c, "audit-webhook-config-file")]

given := ["audit-log-maxage", "audit-log-maxbackup", "audit-log-maxbackups", "audit-log-max-age", "audit-log-max-backups"]

applies contains c.subject if {
	c := servers[_]
	count(components.flags(c, given)) > 0
}

# 0 keeps them.
ages(c) := [{"days": lib.number(flag.value), "path": flag.path} |
	flag := components.flags(c, ["audit-log-maxage", "audit-log-max-age"])[_]
	lib.number(flag.value) > 0
]

# Less than this and a collector that stands still for a holiday loses events.
fewest_days := min([30, data.settings.audit_retention_days])

deny contains {"subject": c.subject, "path": age.path, "msg": msg, "confidence": "low"} if {
	c := servers[_]
	age := ages(c)[_]
	age.days < fewest_days
	msg := sprintf("audit files are deleted after %v days; keep them for %v, or for %v at least and in a store that a collector fills", [age.days, data.settings.audit_retention_days, fewest_days])
}

unknown contains {"subject": c.subject, "reason": reason} if {
	c := servers[_]
	age := ages(c)[_]
	age.days >= fewest_days
	age.days < data.settings.audit_retention_days
	reason := sprintf("audit files are deleted after %v days; whether a collector has stored them elsewhere by then is not written here", [age.days])
}

# A number of old files, each of so many megabytes: the oldest goes when they are full, whatever its age.
fewest_megabytes := 1000

megabytes(c) := lib.number(components.values(c, "audit-log-maxsize")[0]) if {
	count(components.values(c, "audit-log-maxsize")) > 0
} else := 100

deny contains {"subject": c.subject, "path": flag.path, "msg": msg, "confidence": "low"} if {
	c := servers[_]
	flag := components.flags(c, ["audit-log-maxbackup", "audit-log-maxbackups", "audit-log-max-backups"])[_]
	files := lib.number(flag.value)
	files > 0
	files * megabytes(c) < fewest_megabytes
	msg := sprintf("only %v old audit files of %v MB are kept: a busy API server fills them in hours, and the oldest are deleted whatever --audit-log-maxage says; keep %v MB or more, and collect them", [files, megabytes(c), fewest_megabytes])
}

# --- topics of an audit trail

topics contains s if {
	s := input.kubernetes.KafkaTopic[_]
	kubernetes.in_group(s, "kafka.strimzi.io")
	about_audits(s)
	not only_compacted(s)
}

about_audits(s) if regex.match(`(?i)(?:^|[-_.])audit`, s.name)

about_audits(s) if regex.match(`(?i)(?:^|[-_.])audit`, lib.text(s.config.spec.topicName))

# Nothing is deleted by age there.
only_compacted(s) if s.config.spec.config["cleanup.policy"] == "compact"

applies contains s.id if some s in topics

retention(s) := kubernetes.get(s.config, ["spec", "config", "retention.ms"], null)

days_of(ms) := floor(ms / day_ms)

deny contains {"subject": s.id, "path": ["spec", "config", "retention.ms"], "msg": msg} if {
	some s in topics
	ms := lib.number(retention(s))
	ms >= 0
	ms < data.settings.audit_retention_days * day_ms
	msg := sprintf("audit events are deleted after %v days; set retention.ms for %v days or more, or -1", [days_of(ms), data.settings.audit_retention_days])
}

# The brokers' own setting, where they are here: seven days unless it says otherwise.
brokers contains s if {
	s := input.kubernetes.Kafka[_]
	kubernetes.in_group(s, "kafka.strimzi.io")
}

broker_keys := {"log.retention.ms": 1, "log.retention.minutes": 60000, "log.retention.hours": 3600000}

broker_ms(s) := min(found) if {
	found := [ms | some key, unit in broker_keys; ms := lib.number(s.config.spec.kafka.config[key]) * unit]
	count(found) > 0
} else := 7 * day_ms

deny contains {"subject": s.id, "path": ["spec", "config"], "msg": msg} if {
	some s in topics
	retention(s) == null
	some broker in brokers
	ms := broker_ms(broker)
	ms >= 0
	ms < data.settings.audit_retention_days * day_ms
	msg := sprintf("the topic names no retention.ms, so the brokers' holds and audit events are deleted after %v days; set %v days or more", [days_of(ms), data.settings.audit_retention_days])
}

unknown contains {"subject": s.id, "reason": "it names no retention.ms, and the brokers' own setting is not here"} if {
	some s in topics
	retention(s) == null
	count(brokers) == 0
}

unknown contains {"subject": s.id, "reason": "its retention.ms is not known"} if {
	some s in topics
	lib.is_unknown(retention(s))
}
