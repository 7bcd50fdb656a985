package lib.workloads

containers contains container if container := input.spec.template.spec.containers[_]
