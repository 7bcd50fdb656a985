# METADATA
# title: An AWS machine, task or subnet gets a public address, or a service works outside your network
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_appstream_fleet
#       - aws_batch_job_definition
#       - aws_cloudwatch_event_target
#       - aws_default_subnet
#       - aws_ecs_service
#       - aws_ecs_task_set
#       - aws_eip
#       - aws_eip_association
#       - aws_elastic_beanstalk_environment
#       - aws_instance
#       - aws_launch_configuration
#       - aws_launch_template
#       - aws_lightsail_static_ip_attachment
#       - aws_mwaa_environment
#       - aws_sagemaker_domain
#       - aws_sagemaker_notebook_instance
#       - aws_scheduler_schedule
#       - aws_spot_fleet_request
#       - aws_spot_instance_request
#       - aws_subnet
#       - aws_transfer_server
#       - aws_workspaces_directory
package paylint.rules.public_ip_assigned.terraform_aws

import data.paylint.blocks
import data.paylint.lib

private_only := "gets a public address; keep machines on private ones and publish them through a load balancer"

tasks := "gives its tasks public addresses; run them in private subnets with assign_public_ip = false"

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"aws_appstream_fleet": [{
		"at": ["enable_default_internet_access"],
		"bad": {"true"},
		"say": "gives its desktops public addresses; let them out through a NAT gateway",
	}],
	"aws_batch_job_definition": [{
		"at": ["container_properties", "networkConfiguration", "assignPublicIp"],
		"bad": {"enabled"},
		"say": "gives its tasks public addresses; leave assignPublicIp DISABLED",
	}],
	"aws_cloudwatch_event_target": [{
		"at": ["ecs_target", "*", "network_configuration", "*", "assign_public_ip"],
		"bad": {"true"},
		"say": tasks,
	}],
	"aws_default_subnet": [{
		"at": ["map_public_ip_on_launch"],
		"bad": {"true"},
		"say": "gives a public address to whatever is started in it; set map_public_ip_on_launch = false",
	}],
	"aws_ecs_service": [{"at": ["network_configuration", "*", "assign_public_ip"], "bad": {"true"}, "say": tasks}],
	"aws_ecs_task_set": [{"at": ["network_configuration", "*", "assign_public_ip"], "bad": {"true"}, "say": tasks}],
	"aws_launch_configuration": [{"at": ["associate_public_ip_address"], "bad": {"true"}, "say": private_only}],
	"aws_launch_template": [{
		"at": ["network_interfaces", "*", "associate_public_ip_address"],
		"bad": {"true"},
		"say": private_only,
	}],
	"aws_mwaa_environment": [{
		"at": ["webserver_access_mode"],
		"bad": {"public_only"},
		"say": "has its web server on the internet; set webserver_access_mode = \"PRIVATE_ONLY\"",
	}],
	# Both are the default.
	"aws_sagemaker_domain": [{
		"at": ["app_network_access_type"],
		"bad": {"", "publicinternetonly"},
		"say": "reaches the internet past your network; set app_network_access_type = \"VpcOnly\"",
	}],
	"aws_sagemaker_notebook_instance": [{
		"at": ["direct_internet_access"],
		"bad": {"", "enabled"},
		"say": "reaches the internet past your network; set direct_internet_access = \"Disabled\"",
	}],
	"aws_scheduler_schedule": [{
		"at": ["target", "*", "ecs_parameters", "*", "network_configuration", "*", "assign_public_ip"],
		"bad": {"true"},
		"say": tasks,
	}],
	"aws_spot_fleet_request": [{
		"at": ["launch_specification", "*", "associate_public_ip_address"],
		"bad": {"true"},
		"say": private_only,
	}],
	"aws_spot_instance_request": [{"at": ["associate_public_ip_address"], "bad": {"true"}, "say": private_only}],
	"aws_subnet": [{
		"at": ["map_public_ip_on_launch"],
		"bad": {"true"},
		"say": "gives a public address to whatever is started in it; set map_public_ip_on_launch = false",
	}],
	# As it is where nothing is written.
	"aws_transfer_server": [{
		"at": ["endpoint_type"],
		"bad": {"", "public"},
		"say": "takes files from anywhere, without a security group; set endpoint_type = \"VPC\"",
	}],
	"aws_workspaces_directory": [{
		"at": ["workspace_creation_properties", "*", "enable_internet_access"],
		"bad": {"true"},
		"say": "gives its desktops public addresses; let them out through a NAT gateway",
	}],
}

applies contains r.id if {
	some type, settings in table
	r := input.terraform[type][_]
	count(blocks.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.terraform[type][_]
	setting := settings[_]
	found := blocks.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# A machine that lets others out forwards what is not its own, and has to be outside.
applies contains r.id if {
	r := input.terraform.aws_instance[_]
	not lib.falsy(r.config.source_dest_check)
}

deny contains {"subject": r.id, "path": ["associate_public_ip_address"], "msg": msg} if {
	r := input.terraform.aws_instance[_]
	not lib.falsy(r.config.source_dest_check)
	found := blocks.bad(r.config, ["associate_public_ip_address"], {"true"})[_]
	msg := sprintf("`%s` %s", [r.name, private_only])
}

# An address of its own, given to a machine and to no gateway or balancer.
holders := {"aws_eip": "instance", "aws_eip_association": "instance_id", "aws_lightsail_static_ip_attachment": "instance_name"}

applies contains r.id if {
	some type, key in holders
	r := input.terraform[type][_]
	lib.present(r.config, key)
	not r.config[key] == ""
	not forwards(r, key)
}

deny contains {"subject": r.id, "path": [], "msg": msg} if {
	some type, key in holders
	r := input.terraform[type][_]
	names_machine(r, key)
	not forwards(r, key)
	msg := sprintf("`%s` gives a machine a public address of its own; publish it through a load balancer", [r.name])
}

names_machine(r, key) if {
	value := lib.text(r.config[key])
	value != ""
}

names_machine(r, key) if {
	lib.is_unknown(r.config[key])
	count(object.get(r.refs, key, [])) > 0
}

forwards(r, key) if {
	machine := input.terraform.aws_instance[_]
	lib.refers(r, key, machine)
	lib.falsy(machine.config.source_dest_check)
}

unknown contains {"subject": r.id, "reason": "what it is for is known only at apply"} if {
	some type, key in holders
	r := input.terraform[type][_]
	lib.is_unknown(r.config[key])
	not names_machine(r, key)
}

beanstalk contains {"r": r, "i": i, "value": object.get(setting, "value", null)} if {
	r := input.terraform.aws_elastic_beanstalk_environment[_]
	setting := r.config.setting[i]
	is_object(setting)
	setting.namespace == "aws:ec2:vpc"
	setting.name == "AssociatePublicIpAddress"
}

applies contains found.r.id if some found in beanstalk

deny contains {"subject": found.r.id, "path": ["setting", found.i, "value"], "msg": msg} if {
	some found in beanstalk
	blocks.spelled(found.value) == "true"
	msg := sprintf("the machines of `%s` get public addresses; set AssociatePublicIpAddress to false", [found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "whether its machines get public addresses is known only at apply"} if {
	some found in beanstalk
	lib.is_unknown(found.value)
}
