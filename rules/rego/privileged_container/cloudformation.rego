# METADATA
# title: A container has the rights of its host
# custom:
#   confidence: high
#   applies_to: {cloudformation: [AWS::ECS::TaskDefinition, AWS::Batch::JobDefinition]}
#   reads: [[PidMode], [IpcMode]]
package paylint.rules.privileged_container.cloudformation

import data.paylint.cfn
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values; `say`: what is open.
table := {
	"AWS::ECS::TaskDefinition": [
		{"at": ["ContainerDefinitions", "*", "Privileged"], "bad": {"true"}, "say": "has a privileged container: who breaks into it owns the host and every task on it"},
		{"at": ["PidMode"], "bad": {"host"}, "say": "sees the processes of every other task on its host; leave PidMode: task"},
		{"at": ["IpcMode"], "bad": {"host"}, "say": "shares memory with every other task on its host; leave IpcMode: none or task"},
	],
	"AWS::Batch::JobDefinition": [
		{"at": ["ContainerProperties", "Privileged"], "bad": {"true"}, "say": "has a privileged container: who breaks into it owns the host and every job on it"},
		{"at": ["NodeProperties", "NodeRangeProperties", "*", "Container", "Privileged"], "bad": {"true"}, "say": "has a privileged container: who breaks into it owns the host and every job on it"},
	],
}

applies contains r.id if {
	some type, _ in table
	r := input.cloudformation[type][_]
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

host_paths := {"AWS::ECS::TaskDefinition": ["Volumes", "*", "Host", "SourcePath"], "AWS::Batch::JobDefinition": ["ContainerProperties", "Volumes", "*", "Host", "SourcePath"]}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, shape in host_paths
	r := input.cloudformation[type][_]
	found := cfn.settings(r.config, shape)[_]
	regex.match(`^/(?:$|etc/?$|root|var/run/docker\.sock|run/docker\.sock|var/run/?$|run/containerd|var/run/containerd|proc/?$)`, lib.text(found.value))
	msg := sprintf("`%s` mounts %s of its host: that is control over the host", [r.name, found.value])
}
