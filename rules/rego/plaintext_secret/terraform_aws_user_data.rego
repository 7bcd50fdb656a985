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

places := {
	"aws_instance": [["user_data"], ["user_data_base64"]],
	"aws_launch_configuration": [["user_data"], ["user_data_base64"]],
	"aws_launch_template": [["user_data"]],
	"aws_lightsail_instance": [["user_data"]],
	"aws_spot_instance_request": [["user_data"], ["user_data_base64"]],
	"aws_spot_fleet_request": [["launch_specification", "*", "user_data"]],
}

# One script: {r, path, text}; what only apply knows of it is missing in its text, and is reported at the header.
scripts contains {"r": r, "path": found.path, "text": script(found.value)} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	is_string(found.value)
}

scripts contains {"r": r, "path": [], "text": found.value.text} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	is_string(found.value.text)
}

# Base64 is read where it begins like a script or a cloud-config does.
script(text) := base64.decode(text) if {
	encoded(text)
} else := text

encoded(text) if {
	regex.match(`^(?:IyE|I2Ns|ZXhw|Q29u|TUlN|PHBv|c2V0)[A-Za-z0-9+/]+=*$`, text)
	base64.is_valid(text)
}

applies contains found.r.id if some found in scripts

# NAME=value and name: value, exported, set, or given to a container.
assignments(text) := regex.find_all_string_submatch_n(`(?m)(?:^[ \t]*|[ \t](?:-e|--env)[ \t]+)(?:export[ \t]+|set[ \t]+|\$env:)?["']?([A-Za-z_][A-Za-z0-9_.-]*)["']?[ \t]*[=:][ \t]*["']?([^"'\s]+)`, text, -1)

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in scripts
	names := {match[1] |
		some match in assignments(found.text)
		lib.secret_name(match[1])
		lib.secret_value(match[2])
		not regex.match("^[$%`]|[()]", match[2])
	}
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
