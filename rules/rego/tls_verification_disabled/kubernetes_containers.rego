# METADATA
# title: A container is told to accept any certificate
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service]
package paylint.rules.tls_verification_disabled.kubernetes_containers

import data.paylint.kubernetes
import data.paylint.lib

# Flags that say it, whatever program takes them.
flag_names := {
	"insecure-skip-tls-verify", "insecure-skip-verify", "tls-skip-verify", "skip-tls-verify", "tls-insecure-skip-verify",
	"ssl-insecure-skip-verify", "kubelet-insecure-tls", "tls-insecure", "no-verify-ssl", "provider-insecure-skip-verify",
	"upstream-insecure-skip-verify", "ssl-upstream-insecure-skip-verify", "disable-tls-verification",
}

# Variables of language runtimes and tools, and the values that switch the check off.
variable_values := {
	"NODE_TLS_REJECT_UNAUTHORIZED": {"0"},
	"PYTHONHTTPSVERIFY": {"0"},
	"GIT_SSL_NO_VERIFY": {"1", "true"},
	"VAULT_SKIP_VERIFY": {"1", "true"},
	"CONSUL_HTTP_SSL_VERIFY": {"0", "false"},
	"NPM_CONFIG_STRICT_SSL": {"false"},
	"AWS_TLS_INSECURE": {"1", "true"},
}

switches contains {"subject": pod.id, "name": sprintf("--%s", [flag.name]), "path": flag.path, "off": lower(flag.value) != "false"} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	flag := kubernetes.flags(c)[_]
	flag.name in flag_names
}

switches contains {"subject": pod.id, "name": variable.name, "path": variable.path, "off": off} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	variable := kubernetes.variables(c)[_]
	values := variable_values[variable.name]
	off := is_off(variable.value, values)
}

is_off(value, values) if {
	lower(sprintf("%v", [value])) in values
} else := false

applies contains switch.subject if some switch in switches

deny contains {"subject": switch.subject, "path": switch.path, "msg": msg} if {
	some switch in switches
	switch.off
	msg := sprintf("%s accepts any certificate, so anybody on the way can answer; give the container the authority's certificate instead", [switch.name])
}
