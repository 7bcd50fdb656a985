# METADATA
# title: A container of AWS has the rights of its host
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_batch_job_definition
#       - aws_codebuild_project
#       - aws_ecs_task_definition
#   reads: [[pid_mode], [ipc_mode], [network_mode]]
package paylint.rules.privileged_container.terraform_aws

import data.paylint.blocks
import data.paylint.lib

privileged := "has a privileged container: who breaks into it owns the host and everything else on it; leave it unprivileged"

# Type -> settings: `at`: where; `bad`: values; `say`: what is open and what to write.
table := {
	"aws_batch_job_definition": [
		{"at": ["container_properties", "privileged"], "bad": {"true"}, "say": privileged, "severity": "medium"},
		{"at": ["node_properties", "nodeRangeProperties", "*", "container", "privileged"], "bad": {"true"}, "say": privileged, "severity": "medium"},
		{
			"at": ["eks_properties", "*", "pod_properties", "*", "host_network"],
			"bad": {"true"},
			"say": "shares its node's network; set host_network = false",
			"severity": "low",
		},
	],
	# To build images without it, kaniko or buildah will do.
	"aws_codebuild_project": [{
		"at": ["environment", "*", "privileged_mode"],
		"bad": {"true"},
		"say": "builds as root of its host; set privileged_mode = false if it builds no images with Docker",
		"severity": "low",
	}],
	"aws_ecs_task_definition": [
		{"at": ["container_definitions", "*", "privileged"], "bad": {"true"}, "say": privileged, "severity": "medium"},
		{
			"at": ["pid_mode"],
			"bad": {"host"},
			"say": "sees the processes of every other task on its host; leave pid_mode = \"task\"",
			"severity": "medium",
		},
		{
			"at": ["ipc_mode"],
			"bad": {"host"},
			"say": "shares memory with every other task on its host; leave ipc_mode = \"none\" or \"task\"",
			"severity": "medium",
		},
		{
			"at": ["network_mode"],
			"bad": {"host"},
			"say": "shares the network of its host, past the task's own security group; set network_mode = \"awsvpc\"",
			"severity": "low",
		},
	],
}

applies contains r.id if {
	some type, _ in table
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": setting.severity} if {
	some type, settings in table
	r := input.terraform[type][_]
	setting := settings[_]
	found := blocks.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# Capabilities with which a container leaves its bounds.
capabilities := {"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF", "NET_ADMIN"}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	r := input.terraform.aws_ecs_task_definition[_]
	added := r.config.container_definitions[i].linuxParameters.capabilities.add[j]
	upper(trim_prefix(lib.text(added), "CAP_")) in capabilities
	path := ["container_definitions", i, "linuxParameters", "capabilities", "add", j]
	msg := sprintf("`%s` adds capability %s to a container: that is control over the host; leave it out", [r.name, added])
}

host_paths := {
	"aws_ecs_task_definition": ["volume", "*", "host_path"],
	"aws_batch_job_definition": ["container_properties", "volumes", "*", "host", "sourcePath"],
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, shape in host_paths
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shape)[_]
	regex.match(`^/(?:$|etc/?$|root(?:/|$)|var/run$|(?:var/)?run/(?:$|docker\.sock$|containerd(?:/|$))|proc/?$)`, lib.text(found.value))
	msg := sprintf("`%s` mounts %s of its host: that is control over the host", [r.name, found.value])
}
