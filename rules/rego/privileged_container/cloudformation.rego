# METADATA
# title: A container has the rights of its host
# custom:
#   confidence: high
#   applies_to: {cloudformation: [AWS::ECS::TaskDefinition, AWS::Batch::JobDefinition, AWS::CodeBuild::Project]}
#   reads: [[PidMode], [IpcMode], [NetworkMode]]
package paylint.rules.privileged_container.cloudformation

import data.paylint.cfn
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values; `say`: what is open; `severity`: if it is another than the policy's.
table := {
	"AWS::ECS::TaskDefinition": [
		{"at": ["ContainerDefinitions", "*", "Privileged"], "bad": {"true"}, "say": "has a privileged container: who breaks into it owns the host and every task on it"},
		{"at": ["PidMode"], "bad": {"host"}, "say": "sees the processes of every other task on its host; leave PidMode: task"},
		{"at": ["IpcMode"], "bad": {"host"}, "say": "shares memory with every other task on its host; leave IpcMode: none or task"},
		{"at": ["NetworkMode"], "bad": {"host"}, "severity": "low", "say": "shares the network of its host, past the task's own security group; set NetworkMode: awsvpc"},
	],
	"AWS::Batch::JobDefinition": [
		{"at": ["ContainerProperties", "Privileged"], "bad": {"true"}, "say": "has a privileged container: who breaks into it owns the host and every job on it"},
		{"at": ["NodeProperties", "NodeRangeProperties", "*", "Container", "Privileged"], "bad": {"true"}, "say": "has a privileged container: who breaks into it owns the host and every job on it"},
	],
	# To build images without it, kaniko or buildah will do.
	"AWS::CodeBuild::Project": [{"at": ["Environment", "PrivilegedMode"], "bad": {"true"}, "severity": "low", "say": "builds as root of its host; set PrivilegedMode: false if it builds no images with Docker"}],
}

applies contains r.id if {
	some type, _ in table
	r := input.cloudformation[type][_]
}

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": object.get(setting, "severity", "medium")} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# Capabilities with which a container leaves its bounds.
capabilities := {"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF", "NET_ADMIN"}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.cloudformation["AWS::ECS::TaskDefinition"][_]
	found := cfn.settings(r.config, ["ContainerDefinitions", "*", "LinuxParameters", "Capabilities", "Add"])[_]
	added := lib.as_array(found.value)[_]
	upper(trim_prefix(lib.text(added), "CAP_")) in capabilities
	msg := sprintf("`%s` adds capability %s to a container: that is control over the host; leave it out", [r.name, added])
}

host_paths := {"AWS::ECS::TaskDefinition": ["Volumes", "*", "Host", "SourcePath"], "AWS::Batch::JobDefinition": ["ContainerProperties", "Volumes", "*", "Host", "SourcePath"]}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, shape in host_paths
	r := input.cloudformation[type][_]
	found := cfn.settings(r.config, shape)[_]
	regex.match(`^/(?:$|etc/?$|root(?:/|$)|var/run$|(?:var/)?run/(?:$|docker\.sock$|containerd(?:/|$))|proc/?$)`, lib.text(found.value))
	msg := sprintf("`%s` mounts %s of its host: that is control over the host", [r.name, found.value])
}
