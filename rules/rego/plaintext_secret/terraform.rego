# METADATA
# title: A secret stands in Terraform in plain text
# custom: {confidence: medium, applies_to: {terraform: ["*"]}}
package paylint.rules.plaintext_secret.terraform

import data.paylint.connections
import data.paylint.lib

# Attributes that are secrets whatever they are called.
secret_attributes := {
	"password", "master_password", "admin_password", "administrator_login_password", "administrator_password",
	"root_password", "db_password", "auth_token", "secret_string", "secret_key", "access_key", "private_key",
	"shared_key", "api_key", "client_secret", "master_user_password", "user_password", "password_wo", "sas_token",
	"primary_key",
}

# Resources that only make up a name for such an attribute.
about := {"random_password", "aws_iam_account_password_policy", "aws_cognito_user_pool", "tls_private_key", "local_file", "null_resource"}

applies contains r.id if {
	r := input.terraform[type][_]
	not type in about
	some key, _ in r.config
	key in secret_attributes
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	r := input.terraform[type][_]
	not type in about
	not type in {"variable", "output"}
	not startswith(type, "data.")
	some key, value in r.config
	key in secret_attributes
	lib.secret_value(value)
	not lib.truthy(r.config.skip_credentials_validation) # made up, for an emulator
	msg := sprintf("the value of `%s` of %s `%s` stands in the code, and so in %s; take it from a secret store", [key, type, r.name, kept(key)])
}

# A connection string may hold no secret: where the platform knows who connects.
applies contains r.id if {
	r := input.terraform[type][_]
	some key, _ in r.config
	endswith(key, "connection_string")
}

deny contains {"subject": r.id, "path": [word | some word in [key]; is_string(value)], "msg": msg} if {
	r := input.terraform[type][_]
	not type in {"variable", "output"}
	not startswith(type, "data.")
	some key, value in r.config
	endswith(key, "connection_string")
	connections.holds_secret(value)
	msg := sprintf("`%s` of %s `%s` holds a password or key, which stands in the code, and so in version control and the state; take it from a secret store", [key, type, r.name])
}

# Terraform passes a write-only argument on, and forgets it.
kept(key) := "version control" if {
	endswith(key, "_wo")
} else := "version control and the state"

# A default is a value for everybody who reads the repository.
applies contains v.id if {
	v := input.terraform.variable[_]
	lib.secret_name(v.name)
}

deny contains {"subject": v.id, "path": ["default"], "msg": msg} if {
	v := input.terraform.variable[_]
	v.id in applies
	lib.secret_value(v.config["default"])
	msg := sprintf("variable `%s` has a secret for a default; leave the default out and mark it sensitive", [v.name])
}

# Environment of functions and containers.
environment contains {"subject": r.id, "name": name, "value": value, "path": ["environment", i, "variables", name]} if {
	r := input.terraform.aws_lambda_function[_]
	value := r.config.environment[i].variables[name]
}

environment contains {"subject": r.id, "name": object.get(variable, "name", null), "value": object.get(variable, "value", null), "path": ["container_definitions", i, "environment", j, "value"]} if {
	r := input.terraform.aws_ecs_task_definition[_]
	variable := r.config.container_definitions[i].environment[j]
	is_object(variable)
}

applies contains variable.subject if some variable in environment

deny contains {"subject": variable.subject, "path": variable.path, "msg": msg} if {
	some variable in environment
	lib.secret_name(variable.name)
	lib.secret_value(variable.value)
	msg := sprintf("the value of `%s` stands in the configuration and in the state; take it from a secret store", [variable.name])
}
