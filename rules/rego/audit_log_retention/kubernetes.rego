# METADATA
# title: The API server or a topic keeps audit events for less than twelve months
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, KafkaTopic]
package paylint.rules.audit_log_retention.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

day_ms := ((24 * 60) * 60) * 1000

# --- the API server's own file: what is sent elsewhere is kept there

logs contains {"pod": pod, "flag": flag} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	kubernetes.runs(c, "kube-apiserver")
	count(kubernetes.flag(c, "audit-webhook-config-file")) == 0
	flag := kubernetes.flags(c)[_]
	flag.name == "audit-log-maxage"
}

applies contains log.pod.id if some log in logs

# 0 keeps them.
deny contains {"subject": log.pod.id, "path": log.flag.path, "msg": msg, "confidence": "low"} if {
	some log in logs
	days := lib.number(log.flag.value)
	days > 0
	days < data.settings.audit_retention_days
	msg := sprintf("audit files are deleted after %v days; keep them for %v, or see that a collector has stored them elsewhere by then", [days, data.settings.audit_retention_days])
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
