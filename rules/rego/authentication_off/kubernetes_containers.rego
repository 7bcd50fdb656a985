# METADATA
# title: A database, cache, broker or console runs without authentication
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service, ConfigMap]
package paylint.rules.authentication_off.kubernetes_containers

import data.paylint.kubernetes
import data.paylint.lib

yes := {"1", "true", "yes", "on"}

# Variables of well-known images: the values that let everybody in, and what happens then.
variable_values := {
	"POSTGRES_HOST_AUTH_METHOD": {"values": {"trust"}, "what": "PostgreSQL"},
	"MYSQL_ALLOW_EMPTY_PASSWORD": {"values": yes, "what": "MySQL"},
	"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": {"values": yes, "what": "MariaDB"},
	"MARIADB_ALLOW_EMPTY_PASSWORD": {"values": yes, "what": "MariaDB"},
	"ALLOW_EMPTY_PASSWORD": {"values": yes, "what": "the server"},
	"ALLOW_ANONYMOUS_LOGIN": {"values": yes, "what": "ZooKeeper"},
	"xpack.security.enabled": {"values": {"false"}, "what": "Elasticsearch"},
	"DISABLE_SECURITY_PLUGIN": {"values": yes, "what": "OpenSearch"},
	"plugins.security.disabled": {"values": {"true"}, "what": "OpenSearch"},
	"GF_AUTH_ANONYMOUS_ENABLED": {"values": yes, "what": "Grafana"},
	"ME_CONFIG_BASICAUTH": {"values": {"false"}, "what": "the console of MongoDB"},
	"AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED": {"values": {"true"}, "what": "Weaviate"},
}

switches contains {"subject": pod.id, "path": variable.path, "name": variable.name, "what": known.what, "off": off} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	variable := kubernetes.variables(c)[_]
	known := variable_values[variable.name]
	off := is_off(variable.value, known.values)
}

is_off(value, values) if {
	lower(sprintf("%v", [value])) in values
} else := false

# Flags, for the programs that take them: the value "" means that the flag alone says it.
flag_values := [
	{"program": "mongod", "flag": "noauth", "values": {"true"}, "what": "MongoDB"},
	{"program": "redis-server", "flag": "protected-mode", "values": {"no"}, "what": "Redis"},
	{"program": "mysqld", "flag": "skip-grant-tables", "values": {"true", "1", "on"}, "what": "MySQL"},
	{"program": "dashboard", "flag": "enable-skip-login", "values": {"true"}, "what": "the dashboard"},
	{"program": "argo", "flag": "auth-mode", "values": {"server"}, "what": "Argo Workflows"},
]

switches contains {"subject": pod.id, "path": flag.path, "name": sprintf("--%s", [flag.name]), "what": known.what, "off": off} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	some known in flag_values
	concerns(c, known.program)
	flag := kubernetes.flags(c)[_]
	flag.name == known.flag
	off := is_off(flag.value, known.values)
	not guarded(c)
}

# Redis with a password needs no protected mode.
guarded(c) if {
	some name in ["requirepass", "aclfile"]
	count(kubernetes.flag(c, name)) > 0
}

concerns(c, program) if kubernetes.runs(c, program)

concerns(c, program) if {
	not lib.present(c.container, "command")
	regex.match(sprintf(`(?:^|[/-])%s`, [images[program]]), lib.text(c.container.image))
}

# Notebooks: an empty token or password lets whoever connects run code.
switches contains {"subject": pod.id, "path": flag.path, "name": sprintf("--%s", [flag.name]), "what": "the notebook", "off": off} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	flag := kubernetes.flags(c)[_]
	flag.name in {"NotebookApp.token", "ServerApp.token", "IdentityProvider.token"}
	off := is_off(trim(flag.value, `"' `), {""})
}

images := {"mongod": "mongo(?:db)?[:@]", "redis-server": "redis[:@]", "mysqld": "mysql[:@]", "dashboard": "dashboard[:@]", "argo": "argocli[:@]"}

applies contains switch.subject if some switch in switches

deny contains {"subject": switch.subject, "path": switch.path, "msg": msg} if {
	some switch in switches
	switch.off
	msg := sprintf("%s: %s lets in whoever connects, without a password; require one, from a Secret", [switch.name, switch.what])
}

# --- Argo CD

argo contains s if {
	s := input.kubernetes.ConfigMap[_]
	s.name == "argocd-cm"
}

applies contains s.id if some s in argo

deny contains {"subject": s.id, "path": ["data", "users.anonymous.enabled"], "msg": msg} if {
	some s in argo
	lib.truthy(s.config.data["users.anonymous.enabled"])
	msg := "Argo CD answers visitors without a login; take users.anonymous.enabled out"
}
