# METADATA
# title: A secret stands in plain text in the configuration of an AWS service
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_amplify_app
#       - aws_amplify_branch
#       - aws_apprunner_service
#       - aws_batch_job_definition
#       - aws_codebuild_project
#       - aws_elastic_beanstalk_environment
#       - aws_fsx_ontap_file_system
#       - aws_fsx_windows_file_system
#       - aws_glue_connection
#       - aws_glue_job
#       - aws_mq_broker
#       - aws_opensearch_domain
#       - aws_elasticsearch_domain
#       - aws_sagemaker_model
#       - aws_secretsmanager_secret_version
#       - aws_ssm_parameter
package paylint.rules.plaintext_secret.terraform_aws

import data.paylint.blocks
import data.paylint.lib

# One value that has a name: {r, name, value, path}.
named contains {"r": r, "name": name, "value": value, "path": array.concat(found.path, [name])} if {
	some type, shapes in maps
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	is_object(found.value)
	some name, value in found.value
}

# Where variables stand as a mapping of names to values.
maps := {
	"aws_amplify_app": [["environment_variables"]],
	"aws_amplify_branch": [["environment_variables"]],
	"aws_apprunner_service": [
		["source_configuration", "*", "image_repository", "*", "image_configuration", "*", "runtime_environment_variables"],
		["source_configuration", "*", "code_repository", "*", "code_configuration", "*", "code_configuration_values", "*", "runtime_environment_variables"],
	],
	"aws_glue_connection": [["connection_properties"]],
	"aws_glue_job": [["default_arguments"], ["non_overridable_arguments"]],
	"aws_sagemaker_model": [["primary_container", "*", "environment"], ["container", "*", "environment"]],
	"aws_secretsmanager_secret_version": [["secret_string"]],
}

# Where each is a block or an object of its own. What is not PLAINTEXT names an entry of a store.
named contains {"r": r, "name": object.get(variable, "name", null), "value": object.get(variable, "value", null), "path": ["environment", i, "environment_variable", j, "value"]} if {
	r := input.terraform.aws_codebuild_project[_]
	variable := r.config.environment[i].environment_variable[j]
	is_object(variable)
	object.get(variable, "type", "PLAINTEXT") == "PLAINTEXT"
}

named contains {"r": r, "name": object.get(variable, "name", null), "value": object.get(variable, "value", null), "path": ["container_properties", "environment", i, "value"]} if {
	r := input.terraform.aws_batch_job_definition[_]
	variable := r.config.container_properties.environment[i]
	is_object(variable)
}

named contains {"r": r, "name": object.get(setting, "name", null), "value": object.get(setting, "value", null), "path": ["setting", i, "value"]} if {
	r := input.terraform.aws_elastic_beanstalk_environment[_]
	setting := r.config.setting[i]
	is_object(setting)
	setting.namespace in {"aws:elasticbeanstalk:application:environment", "aws:rds:dbinstance"}
}

# Arguments that are secrets, inside blocks.
nested := {
	"aws_fsx_ontap_file_system": ["fsx_admin_password"],
	"aws_fsx_windows_file_system": ["self_managed_active_directory", "*", "password"],
	"aws_mq_broker": ["user", "*", "password"],
	"aws_opensearch_domain": ["advanced_security_options", "*", "master_user_options", "*", "master_user_password"],
	"aws_elasticsearch_domain": ["advanced_security_options", "*", "master_user_options", "*", "master_user_password"],
}

named contains {"r": r, "name": "password", "value": found.value, "path": found.path} if {
	some type, shape in nested
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shape)[_]
	found.value != null
}

applies contains entry.r.id if some entry in named

deny contains {"subject": entry.r.id, "path": entry.path, "msg": msg} if {
	some entry in named
	lib.secret_name(trim_left(lib.text(entry.name), "-"))
	lib.secret_value(entry.value)
	msg := sprintf("the value of `%s` of %s `%s` stands in the configuration and in the state; take it from a secret store", [entry.name, entry.r.type, entry.r.name])
}

# Parameters that are kept as text, to be read by whoever may read any.
parameters contains r if {
	r := input.terraform.aws_ssm_parameter[_]
	parts := split(lib.text(r.config.name), "/")
	lib.secret_name(parts[count(parts) - 1])
}

applies contains r.id if some r in parameters

deny contains {"subject": r.id, "path": ["type"], "msg": msg} if {
	some r in parameters
	lower(lib.text(r.config.type)) in {"string", "stringlist"}
	may_be_secret(r.config)
	msg := sprintf("parameter `%s` keeps a secret as text; set type = \"SecureString\" with a key of your own", [r.name])
}

may_be_secret(config) if {
	some key in ["value", "insecure_value"]
	lib.secret_value(config[key])
}

# A name or an address of something else is no secret.
may_be_secret(config) if {
	some key in ["value", "insecure_value"]
	lib.is_unknown(config[key])
	not object.get(config[key], "attr", "") in {"arn", "id", "name", "endpoint", "address"}
}

deny contains {"subject": r.id, "path": ["value"], "msg": msg} if {
	some r in parameters
	lower(lib.text(r.config.type)) == "securestring"
	lib.secret_value(r.config.value)
	msg := sprintf("the value of parameter `%s` is written down here, and so in version control and the state; set it elsewhere", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it is kept as text is known only at apply"} if {
	some r in parameters
	lib.is_unknown(r.config.type)
}
