# METADATA
# title: The API server of an EKS cluster answers the whole internet
# custom: {confidence: medium, severity: high, applies_to: {terraform: [aws_eks_cluster]}}
package paylint.rules.public_database.terraform_aws_eks

import data.paylint.lib

applies contains r.id if r := input.terraform.aws_eks_cluster[_]

# Public is the default, and so is everybody.
deny contains {"subject": r.id, "path": ["vpc_config", 0, "endpoint_public_access"], "msg": msg} if {
	r := input.terraform.aws_eks_cluster[_]
	options := r.config.vpc_config[0]
	is_object(options)
	not lib.falsy(object.get(options, "endpoint_public_access", true))
	open_to_all(options)
	msg := sprintf("the API server of `%s` can be reached from anywhere; switch public access off, or name the ranges", [r.name])
}

open_to_all(options) if not lib.present(options, "public_access_cidrs")

open_to_all(options) if lib.cidr_is_open(options.public_access_cidrs[_])

unknown contains {"subject": r.id, "reason": "who may reach it is known only at apply"} if {
	r := input.terraform.aws_eks_cluster[_]
	options := r.config.vpc_config[0]
	is_object(options)
	lib.has_unknown(object.get(options, "public_access_cidrs", []))
}
