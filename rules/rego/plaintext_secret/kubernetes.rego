# METADATA
# title: A secret stands in a manifest in plain text
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service, ConfigMap]
package paylint.rules.plaintext_secret.kubernetes

import data.paylint.keyed
import data.paylint.kubernetes
import data.paylint.lib

applies contains pod.id if some pod in lib.pods

applies contains s.id if s := input.kubernetes.ConfigMap[_]

deny contains {"subject": pod.id, "path": array.concat(c.path, ["env", i, "value"]), "msg": msg} if {
	some pod in lib.pods
	c := lib.containers(pod)[_]
	variable := c.container.env[i]
	lib.secret_name(variable.name)
	keyed.secret_literal(variable.name, variable.value)
	msg := sprintf("the value of `%s` stands in the manifest and so in version control; take it from a Secret with valueFrom.secretKeyRef", [variable.name])
}

deny contains {"subject": s.id, "path": ["data", key], "msg": msg} if {
	s := input.kubernetes.ConfigMap[_]
	some key, value in kubernetes.entries(s.config.data)
	lib.secret_name(key)
	keyed.secret_literal(key, value)
	msg := sprintf("`%s` in a ConfigMap: everybody who may list the namespace reads it; keep it in a Secret from a secret store", [key])
}
