# METADATA
# title: A search cluster answers on a public endpoint
# custom:
#   confidence: medium
#   severity: high
#   applies_to: {terraform: [aws_elasticsearch_domain, aws_opensearch_domain, aws_opensearchserverless_security_policy]}
package paylint.rules.public_database.terraform_aws_search

import data.paylint.blocks
import data.paylint.lib

domains contains r if {
	some type in ["aws_elasticsearch_domain", "aws_opensearch_domain"]
	r := input.terraform[type][_]
}

applies contains r.id if some r in domains

# A domain is in a network of one's own, or on the internet; there is nothing in between.
deny contains {"subject": r.id, "path": ["vpc_options"], "msg": msg} if {
	some r in domains
	not lib.present(r.config, "vpc_options")
	msg := sprintf("domain `%s` has a public endpoint; place it in private subnets with vpc_options", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it is in a VPC is known only at apply"} if {
	some r in domains
	lib.is_unknown(r.config.vpc_options)
}

unknown contains {"subject": r.id, "reason": "whether it is in a VPC is known only at apply"} if {
	some r in domains
	lib.is_unknown(r.config.vpc_options[_])
}

# Serverless collections: a list of rules, of which those for collections are about data.
collections contains one if {
	r := input.terraform.aws_opensearchserverless_security_policy[_]
	r.config.type == "network"
	entry := r.config.policy[i]
	lib.present(entry, "AllowFromPublic")
	entry.Rules[_].ResourceType == "collection"
	one := {"subject": r.id, "name": r.name, "path": ["policy", i, "AllowFromPublic"], "public": entry.AllowFromPublic}
}

applies contains collection.subject if some collection in collections

deny contains {"subject": collection.subject, "path": collection.path, "msg": msg} if {
	some collection in collections
	blocks.spelled(collection.public) == "true"
	msg := sprintf("`%s` lets collections be reached from the internet; set AllowFromPublic to false and name VPC endpoints", [collection.name])
}

unknown contains {"subject": collection.subject, "reason": "whether its collections are public is known only at apply"} if {
	some collection in collections
	lib.is_unknown(collection.public)
}
