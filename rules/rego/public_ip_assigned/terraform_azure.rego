# METADATA
# title: An Azure machine or cluster node has a public address
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_network_interface
#       - azurerm_linux_virtual_machine_scale_set
#       - azurerm_windows_virtual_machine_scale_set
#       - azurerm_orchestrated_virtual_machine_scale_set
#       - azurerm_kubernetes_cluster
#       - azurerm_kubernetes_cluster_node_pool
#       - azurerm_databricks_workspace
#       - azurerm_virtual_machine_scale_set
#       - azurerm_container_group
#       - azurerm_dev_test_linux_virtual_machine
#       - azurerm_dev_test_windows_virtual_machine
#       - azurerm_machine_learning_compute_cluster
#       - azurerm_machine_learning_compute_instance
package paylint.rules.public_ip_assigned.terraform_azure

import data.paylint.lib

applies contains r.id if r := input.terraform.azurerm_network_interface[_]

# A reference to an address is one, though its id is known only at apply.
addressed(configuration) if lib.text(configuration.public_ip_address_id) != ""

addressed(configuration) if startswith(lib.text(configuration.public_ip_address_id.ref), "azurerm_public_ip.")

# Network appliances (firewalls, gateways that route) stand at the edge.
routes(r) if {
	some key in ["ip_forwarding_enabled", "enable_ip_forwarding"]
	lib.truthy(r.config[key])
}

# The block, since the value itself is not known.
deny contains {"subject": r.id, "path": ["ip_configuration", i], "msg": msg} if {
	r := input.terraform.azurerm_network_interface[_]
	addressed(r.config.ip_configuration[i])
	not routes(r)
	msg := sprintf("interface `%s` has a public address; leave public_ip_address_id out and publish through a load balancer or Bastion", [r.name])
}

sets := ["azurerm_linux_virtual_machine_scale_set", "azurerm_windows_virtual_machine_scale_set", "azurerm_orchestrated_virtual_machine_scale_set"]

applies contains r.id if {
	some type in sets
	r := input.terraform[type][_]
}

unknown contains {"subject": r.id, "reason": "whether it has a public address is known only at apply"} if {
	r := input.terraform.azurerm_network_interface[_]
	configuration := r.config.ip_configuration[_]
	lib.is_unknown(configuration.public_ip_address_id)
	not addressed(configuration)
}

deny contains {"subject": r.id, "path": ["network_interface", i, "ip_configuration", j, "public_ip_address"], "msg": msg} if {
	some type in sets
	r := input.terraform[type][_]
	address := r.config.network_interface[i].ip_configuration[j].public_ip_address[0]
	lib.known(address)
	msg := sprintf("every machine of `%s` gets a public address; leave public_ip_address out and publish through a load balancer", [r.name])
}

# The first name is that since version 4 of the provider.
node_keys := ["node_public_ip_enabled", "enable_node_public_ip"]

pools contains {"subject": r.id, "name": r.name, "pool": r.config, "path": []} if r := input.terraform.azurerm_kubernetes_cluster_node_pool[_]

pools contains {"subject": r.id, "name": r.name, "pool": pool, "path": ["default_node_pool", i]} if {
	r := input.terraform.azurerm_kubernetes_cluster[_]
	pool := r.config.default_node_pool[i]
	is_object(pool)
}

applies contains item.subject if some item in pools

deny contains {"subject": item.subject, "path": array.concat(item.path, [key]), "msg": msg} if {
	some item in pools
	some key in node_keys
	lib.truthy(item.pool[key])
	msg := sprintf("the nodes of `%s` get public addresses; leave %s off", [item.name, key])
}

applies contains r.id if {
	r := input.terraform.azurerm_databricks_workspace[_]
	lib.present(r.config.custom_parameters[_], "no_public_ip")
}

deny contains {"subject": r.id, "path": ["custom_parameters", i, "no_public_ip"], "msg": msg} if {
	r := input.terraform.azurerm_databricks_workspace[_]
	lib.falsy(r.config.custom_parameters[i].no_public_ip)
	msg := sprintf("the machines of `%s` get public addresses; set no_public_ip = true", [r.name])
}

# Scale sets, as until version 2 of the provider.
applies contains r.id if r := input.terraform.azurerm_virtual_machine_scale_set[_]

deny contains {"subject": r.id, "path": ["network_profile", i, "ip_configuration", j, "public_ip_address_configuration"], "msg": msg} if {
	r := input.terraform.azurerm_virtual_machine_scale_set[_]
	address := r.config.network_profile[i].ip_configuration[j].public_ip_address_configuration[0]
	lib.known(address)
	msg := sprintf("every machine of `%s` gets a public address; leave public_ip_address_configuration out and publish through a load balancer", [r.name])
}

# Containers without a cluster: public where nothing is written.
applies contains r.id if r := input.terraform.azurerm_container_group[_]

deny contains {"subject": r.id, "path": ["ip_address_type"], "msg": msg} if {
	r := input.terraform.azurerm_container_group[_]
	lower(lib.text(r.config.ip_address_type)) == "public"
	msg := sprintf("the containers of `%s` get a public address; set ip_address_type = \"Private\" and give them a subnet", [r.name])
}

deny contains {"subject": r.id, "path": ["ip_address_type"], "msg": msg, "confidence": "medium"} if {
	r := input.terraform.azurerm_container_group[_]
	not lib.present(r.config, "ip_address_type")
	not in_subnet(r)
	msg := sprintf("without ip_address_type the containers of `%s` get a public address; set it to \"Private\" and give them a subnet", [r.name])
}

in_subnet(r) if {
	some key in ["subnet_ids", "network_profile_id"]
	lib.present(r.config, key)
}

unknown contains {"subject": r.id, "reason": "whether it has a public address is known only at apply"} if {
	r := input.terraform.azurerm_container_group[_]
	lib.is_unknown(r.config.ip_address_type)
}

# Machines that others set up: type -> argument -> what it says where they get an address.
asked := {
	"azurerm_dev_test_linux_virtual_machine": {"disallow_public_ip_address": "false"},
	"azurerm_dev_test_windows_virtual_machine": {"disallow_public_ip_address": "false"},
	"azurerm_machine_learning_compute_cluster": {"node_public_ip_enabled": "true", "ssh_public_access_enabled": "true"},
	"azurerm_machine_learning_compute_instance": {"node_public_ip_enabled": "true"},
}

applies contains r.id if {
	some type, arguments in asked
	r := input.terraform[type][_]
	some key, _ in arguments
	lib.present(r.config, key)
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, arguments in asked
	r := input.terraform[type][_]
	some key, public in arguments
	lower(sprintf("%v", [r.config[key]])) == public
	msg := sprintf("`%s` gets a public address (%s is %s); turn that round and reach it through its network", [r.name, key, public])
}

unknown contains {"subject": r.id, "reason": "whether it has a public address is known only at apply"} if {
	some type, arguments in asked
	r := input.terraform[type][_]
	some key, _ in arguments
	lib.is_unknown(r.config[key])
}
