# METADATA
# title: A secret stands in the script that a machine starts with
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_instance
#       - aws_launch_configuration
#       - aws_launch_template
#       - aws_lightsail_instance
#       - aws_spot_instance_request
#       - aws_spot_fleet_request
package paylint.rules.plaintext_secret.terraform_aws_user_data

import data.paylint.blocks
import data.paylint.lib
import data.paylint.scripts

places := {
	"aws_instance": [["user_data"], ["user_data_base64"]],
	"aws_launch_configuration": [["user_data"], ["user_data_base64"]],
	"aws_launch_template": [["user_data"]],
	"aws_lightsail_instance": [["user_data"]],
	"aws_spot_instance_request": [["user_data"], ["user_data_base64"]],
	"aws_spot_fleet_request": [["launch_specification", "*", "user_data"]],
}

# One script: {r, path, text}; what only apply knows of it is missing in its text, and is reported at the header.
start_scripts contains {"r": r, "path": found.path, "text": scripts.script(found.value)} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	is_string(found.value)
}

start_scripts contains {"r": r, "path": [], "text": found.value.text} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	is_string(found.value.text)
}

applies contains found.r.id if some found in start_scripts

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in start_scripts
	names := scripts.secrets(found.text)
	count(names) > 0
	msg := sprintf("the start script of `%s` has the value of %s in it, for whoever may look at the machine; fetch it from a secret store when it starts", [found.r.name, concat(", ", sort(names))])
}

unknown contains {"subject": r.id, "reason": "its start script is known only at apply"} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	lib.is_unknown(found.value)
	not is_string(found.value.text)
}
