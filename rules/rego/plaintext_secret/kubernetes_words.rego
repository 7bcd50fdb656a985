# METADATA
# title: A password stands in a URL or on a command line of a manifest
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service, ConfigMap]
package paylint.rules.plaintext_secret.kubernetes_words

import data.paylint.kubernetes
import data.paylint.lib

# {subject, path, name, text}: whatever text containers and ConfigMaps are given.
texts contains {"subject": pod.id, "path": variable.path, "name": variable.name, "text": variable.value} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	variable := kubernetes.variables(c)[_]
	is_string(variable.value)
}

texts contains {"subject": pod.id, "path": array.concat(c.path, [key, i]), "name": key, "text": word} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	some key in ["command", "args"]
	word := c.container[key][i]
	is_string(word)
}

texts contains {"subject": s.id, "path": ["data", key], "name": key, "text": text} if {
	s := input.kubernetes.ConfigMap[_]
	text := s.config.data[key]
	is_string(text)
}

applies contains pod.id if some pod in lib.pods

applies contains s.id if s := input.kubernetes.ConfigMap[_]

passwords(text) := [found[1] |
	contains(text, "://")
	some found in regex.find_all_string_submatch_n(`[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s:@"'<>]*:([^/\s@"'<>]+)@`, text, -1)
	real(found[1])
]

real(password) if {
	count(password) >= 4
	not regex.match(`(?i)^(?:\$.*|\{.*|%.*|<.*|\*+|x+|\[.*|password|passwd|pass|pwd|secret|changeme|change[-_]me|user|username|guest|example|placeholder|redacted|your.*|.*_here|todo|test)$`, password)
	not contains(password, "$(")
	not contains(password, "${")
	not contains(password, "{{")
}

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	some found in texts
	count(passwords(found.text)) > 0
	msg := sprintf("the URL in `%s` holds a password, and the manifest stands in version control; put the password into a Secret and refer to it", [found.name])
}

# --- commands that take a password in a word of their own

# Each ends in the password: clients of MySQL, a variable before a command, curl's user, sshpass.
commands := [
	`\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)\b[^|;&\n]*?\s-p([^\s"'|;&]+)`,
	`(?:^|[\s;&"'])(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SSHPASS|RESTIC_PASSWORD)=["']?([^\s"';&|]+)`,
	`\bcurl\b[^|;&\n]*?\s(?:-u|--user)[ =]?["']?[^\s:"']+:([^\s"'|;&]+)`,
	`\bsshpass\s+-p\s*["']?([^\s"'|;&]+)`,
	`\bredis-cli\b[^|;&\n]*?\s-a\s+["']?([^\s"'|;&]+)`,
]

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	some found in texts
	found.name in {"command", "args"}
	some pattern in commands
	given := [m[1] | some m in regex.find_all_string_submatch_n(pattern, found.text, -1); a_password(m[1])]
	count(given) > 0
	msg := "a command is given a password in the manifest, which stands in version control; take it from a Secret by a variable"
}

a_password(word) if {
	real(word)
	not contains(word, "$")
	not contains(word, "`")
}

# --- headers

headers contains {"subject": pod.id, "path": array.concat(c.path, [probe, "httpGet", "httpHeaders", i, "value"]), "value": header.value} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	some probe in ["livenessProbe", "readinessProbe", "startupProbe"]
	header := c.container[probe].httpGet.httpHeaders[i]
	lower(lib.text(header.name)) in {"authorization", "x-api-key", "x-auth-token"}
}

deny contains {"subject": header.subject, "path": header.path, "msg": msg} if {
	some header in headers
	word := regex.replace(lib.text(header.value), `(?i)^(?:basic|bearer|token)\s+`, "")
	count(word) >= 8
	real(word)
	msg := "a header of the probe holds credentials, and the manifest stands in version control; probe a path that asks for none"
}

# --- flags that take a password

flagged contains {"subject": pod.id, "flag": flag} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	flag := kubernetes.flags(c)[_]
	takes_secret(flag.name)
	not regex.match(`(?i)(?:file|path|name|ref)$`, flag.name)
}

takes_secret(name) if lib.secret_name(name)

takes_secret(name) if name in {"requirepass", "masterauth", "primaryauth", "root-token-id", "dev-root-token-id", "admin-pwd"}

deny contains {"subject": found.subject, "path": found.flag.path, "msg": msg} if {
	some found in flagged
	lib.secret_value(found.flag.value)
	real(found.flag.value)
	msg := sprintf("--%s is given in the manifest, and shows in every list of processes; take it from a Secret by a variable", [found.flag.name])
}
