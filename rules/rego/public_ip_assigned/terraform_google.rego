# METADATA
# title: A machine in Google Cloud has a public address
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - google_compute_instance
#       - google_compute_instance_template
#       - google_compute_region_instance_template
#       - google_compute_instance_from_template
#       - google_compute_instance_from_machine_image
#       - google_notebooks_instance
#       - google_workbench_instance
#       - google_dataflow_job
#       - google_tpu_v2_vm
#   reads:
#     - [network_interface, "*", access_config]
#     - [network_interface, "*", ipv6_access_config]
#     - [no_public_ip]
#     - [ip_configuration]
#     - [gce_setup, "*", disable_public_ip]
package paylint.rules.public_ip_assigned.terraform_google

import data.paylint.lib

machines := ["google_compute_instance", "google_compute_instance_template", "google_compute_region_instance_template", "google_compute_instance_from_template", "google_compute_instance_from_machine_image"]

applies contains r.id if {
	some type in machines
	r := input.terraform[type][_]
}

# Machines that route for others stand at the edge.
deny contains {"subject": r.id, "path": ["network_interface", i, key], "msg": msg} if {
	some type in machines
	r := input.terraform[type][_]
	some key in ["access_config", "ipv6_access_config"]
	is_object(r.config.network_interface[i][key][_])
	not lib.truthy(r.config.can_ip_forward)
	msg := sprintf("`%s` gets a public address; leave %s out and use Cloud NAT and a load balancer", [r.name, key])
}

# Public unless they say no: {type: [path, what is said, what to write]}.
applies contains r.id if r := input.terraform.google_notebooks_instance[_]

deny contains {"subject": r.id, "path": ["no_public_ip"], "msg": msg} if {
	r := input.terraform.google_notebooks_instance[_]
	not lib.truthy(r.config.no_public_ip)
	msg := sprintf("notebook `%s` gets a public address; set no_public_ip = true", [r.name])
}

applies contains r.id if r := input.terraform.google_workbench_instance[_]

deny contains {"subject": r.id, "path": ["gce_setup", 0, "disable_public_ip"], "msg": msg} if {
	r := input.terraform.google_workbench_instance[_]
	not lib.truthy(r.config.gce_setup[0].disable_public_ip)
	msg := sprintf("notebook `%s` gets a public address; set disable_public_ip = true in gce_setup", [r.name])
}

applies contains r.id if r := input.terraform.google_dataflow_job[_]

deny contains {"subject": r.id, "path": ["ip_configuration"], "msg": msg} if {
	r := input.terraform.google_dataflow_job[_]
	not r.config.ip_configuration == "WORKER_IP_PRIVATE"
	msg := sprintf("the workers of `%s` get public addresses; set ip_configuration = \"WORKER_IP_PRIVATE\"", [r.name])
}

applies contains r.id if {
	r := input.terraform.google_tpu_v2_vm[_]
	lib.present(r.config.network_config[_], "enable_external_ips")
}

deny contains {"subject": r.id, "path": ["network_config", i, "enable_external_ips"], "msg": msg} if {
	r := input.terraform.google_tpu_v2_vm[_]
	lib.truthy(r.config.network_config[i].enable_external_ips)
	msg := sprintf("`%s` gets a public address; set enable_external_ips = false", [r.name])
}
