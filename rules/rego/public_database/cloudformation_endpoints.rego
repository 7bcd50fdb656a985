# METADATA
# title: A search domain or the API server of an EKS cluster answers the whole internet
# custom:
#   confidence: medium
#   severity: high
#   applies_to:
#     cloudformation:
#       - AWS::EKS::Cluster
#       - AWS::Elasticsearch::Domain
#       - AWS::OpenSearchService::Domain
#       - AWS::OpenSearchServerless::SecurityPolicy
#   reads: [[VPCOptions]]
package paylint.rules.public_database.cloudformation_endpoints

import data.paylint.cfn
import data.paylint.lib

domains := cfn.all(["AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"])

applies contains r.id if some r in domains

# A domain is in a network of one's own, or on the internet; there is nothing in between.
deny contains {"subject": r.id, "path": ["VPCOptions"], "msg": msg} if {
	some r in domains
	not lib.present(r.config, "VPCOptions")
	msg := sprintf("domain `%s` has a public endpoint; place it in private subnets with VPCOptions", [r.name])
}

clusters := cfn.all(["AWS::EKS::Cluster"])

applies contains r.id if some r in clusters

# Public is the default, and so is everybody.
deny contains {"subject": r.id, "path": ["ResourcesVpcConfig", "EndpointPublicAccess"], "msg": msg} if {
	some r in clusters
	options := object.get(r.config, "ResourcesVpcConfig", {})
	not lib.falsy(object.get(r.config, ["ResourcesVpcConfig", "EndpointPublicAccess"], true))
	open_to_all(options)
	msg := sprintf("the API server of `%s` can be reached from anywhere; switch public access off, or name the ranges", [r.name])
}

open_to_all(options) if not lib.present(options, "PublicAccessCidrs")

open_to_all(options) if lib.cidr_is_open(options.PublicAccessCidrs[_])

unknown contains {"subject": r.id, "reason": "who may reach it is known only at deployment"} if {
	some r in clusters
	not lib.falsy(object.get(r.config, ["ResourcesVpcConfig", "EndpointPublicAccess"], true))
	cfn.unclear(r.config, [["ResourcesVpcConfig", "PublicAccessCidrs", "*"]])
}

# Serverless collections: a list of rules, of which those for collections are about data.
collections contains one if {
	r := input.cloudformation["AWS::OpenSearchServerless::SecurityPolicy"][_]
	r.config.Type == "network"
	entry := r.config.Policy[i]
	entry.Rules[_].ResourceType == "collection"
	one := {"r": r, "path": ["Policy", i, "AllowFromPublic"], "public": entry.AllowFromPublic}
}

applies contains collection.r.id if some collection in collections

deny contains {"subject": collection.r.id, "path": collection.path, "msg": msg} if {
	some collection in collections
	lib.truthy(collection.public)
	msg := sprintf("`%s` lets collections be reached from the internet; set AllowFromPublic to false and name VPC endpoints", [collection.r.name])
}

unknown contains {"subject": r.id, "reason": "whether its collections are public is known only at deployment"} if {
	r := input.cloudformation["AWS::OpenSearchServerless::SecurityPolicy"][_]
	r.config.Type == "network"
	cfn.unclear(r.config, [["Policy", "*", "AllowFromPublic"]])
}
