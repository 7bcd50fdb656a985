# METADATA
# title: A secret stands in a nested block of Terraform in plain text
# custom: {confidence: medium, applies_to: {terraform: ["*"]}}
package paylint.rules.plaintext_secret.terraform_blocks

import data.paylint.lib

# Attributes that are secrets whatever block they are in. Those of AWS, whose types are known by name, are
# terraform_aws's.
secret_attributes := {
	"password", "admin_password", "administrator_login_password", "master_password", "user_password", "root_password",
	"client_secret", "shared_key", "auth_token", "api_key", "secret_key", "private_key", "sas_token",
	"pfx_certificate_password", "domain_user_password",
}

# One of those in a block, or in a block within one: {r, path, key, value}. A mapping that anybody may fill is no block.
secrets contains {"r": r, "path": [outer, i, key], "key": key, "value": value} if {
	r := input.terraform[type][_]
	not is_elsewhere(type)
	block := r.config[outer][i]
	is_number(i)
	is_object(block)
	some key, value in block
	key in secret_attributes
}

secrets contains {"r": r, "path": [outer, i, inner, j, key], "key": key, "value": value} if {
	r := input.terraform[type][_]
	not is_elsewhere(type)
	block := r.config[outer][i][inner][j]
	is_number(i)
	is_number(j)
	is_object(block)
	some key, value in block
	key in secret_attributes
}

is_elsewhere(type) if startswith(type, "aws_")

is_elsewhere(type) if startswith(type, "data.")

is_elsewhere(type) if type in {"variable", "output"}

applies contains secret.r.id if some secret in secrets

deny contains {"subject": secret.r.id, "path": secret.path, "msg": msg} if {
	some secret in secrets
	lib.secret_value(secret.value)
	msg := sprintf("the value of `%s` of %s `%s` stands in the code, and so in version control and the state; take it from a secret store", [secret.key, secret.r.type, secret.r.name])
}

unknown contains {"subject": secret.r.id, "reason": "a secret in one of its blocks is known only at apply"} if {
	some secret in secrets
	lib.is_unknown(secret.value)
}
