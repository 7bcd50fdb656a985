# METADATA
# title: A secret stands in the script that a machine starts with
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::EC2::Instance
#       - AWS::EC2::LaunchTemplate
#       - AWS::EC2::SpotFleet
#       - AWS::AutoScaling::LaunchConfiguration
#       - AWS::ImageBuilder::ImageRecipe
#       - AWS::Lightsail::Instance
package paylint.rules.plaintext_secret.cloudformation_user_data

import data.paylint.cfn
import data.paylint.scripts

places := {
	"AWS::EC2::Instance": ["UserData"],
	"AWS::EC2::LaunchTemplate": ["LaunchTemplateData", "UserData"],
	"AWS::EC2::SpotFleet": ["SpotFleetRequestConfigData", "LaunchSpecifications", "*", "UserData"],
	"AWS::AutoScaling::LaunchConfiguration": ["UserData"],
	"AWS::ImageBuilder::ImageRecipe": ["AdditionalInstanceConfiguration", "UserDataOverride"],
	"AWS::Lightsail::Instance": ["UserData"],
}

settings contains {"r": r, "path": found.path, "value": found.value} if {
	some type, shape in places
	r := input.cloudformation[type][_]
	found := cfn.settings(r.config, shape)[_]
}

# One script: {r, path, text}; one of which only the deployment knows a part is reported at what is around it.
start_scripts contains {"r": found.r, "path": found.path, "text": scripts.script(found.value)} if {
	some found in settings
	is_string(found.value)
}

start_scripts contains {"r": found.r, "path": around, "text": found.value.text} if {
	some found in settings
	is_string(found.value.text)
	around := array.slice(found.path, 0, count(found.path) - 1)
}

applies contains found.r.id if some found in start_scripts

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in start_scripts
	names := scripts.secrets(found.text)
	count(names) > 0
	msg := sprintf("the start script of `%s` has the value of %s in it, for whoever may look at the machine or the stack; fetch it from a secret store when it starts", [found.r.name, concat(", ", sort(names))])
}

unknown contains {"subject": found.r.id, "reason": "a secret in its start script is known only at deployment"} if {
	some found in start_scripts
	count(scripts.given(found.text)) > 0
}

unknown contains {"subject": found.r.id, "reason": "its start script is known only at deployment"} if {
	some found in settings
	found.value.__unknown__
	not is_string(found.value.text)
}
