# METADATA
# title: A database or cluster made by a public module has a public address
# custom: {confidence: medium, applies_to: {terraform: [module]}}
package paylint.rules.public_database.terraform_aws_modules

import data.paylint.lib

# The modules of the registry, which are not on disk; those that are, are judged by what they make.
switches := {
	"rds": "publicly_accessible",
	"rds-aurora": "publicly_accessible",
	"redshift": "publicly_accessible",
	"dms": "repl_instance_publicly_accessible",
}

called(r) := m[1] if {
	some m in regex.find_all_string_submatch_n(`^(?:registry\.terraform\.io/)?terraform-aws-modules/([a-z0-9-]+)/aws(?:$|//)`, lib.text(r.config.source), 1)
}

made(r) if {
	some type in ["aws_db_instance", "aws_rds_cluster", "aws_redshift_cluster", "aws_dms_replication_instance", "aws_eks_cluster"]
	startswith(input.terraform[type][_].address, sprintf("%s.", [r.address]))
}

databases contains {"r": r, "key": key} if {
	r := input.terraform.module[_]
	key := switches[called(r)]
	not made(r)
}

applies contains found.r.id if some found in databases

deny contains {"subject": found.r.id, "path": [found.key], "msg": msg} if {
	some found in databases
	lib.truthy(found.r.config[found.key])
	msg := sprintf("`%s` gets a public address; keep databases in private subnets and set %s = false", [found.r.name, found.key])
}

unknown contains {"subject": found.r.id, "reason": "whether it is public is known only at apply"} if {
	some found in databases
	lib.is_unknown(found.r.config[found.key])
}

# Private unless told otherwise; then for everybody. Before version 21 the names began with "cluster_".
clusters contains {"r": r, "prefix": prefix} if {
	r := input.terraform.module[_]
	called(r) == "eks"
	not contains(r.config.source, "//")
	not made(r)
	some prefix in ["", "cluster_"]
	lib.present(r.config, sprintf("%sendpoint_public_access", [prefix]))
}

applies contains cluster.r.id if some cluster in clusters

deny contains {"subject": cluster.r.id, "path": [key], "msg": msg, "severity": "high"} if {
	some cluster in clusters
	key := sprintf("%sendpoint_public_access", [cluster.prefix])
	lib.truthy(cluster.r.config[key])
	ranges := object.get(cluster.r.config, sprintf("%s_cidrs", [key]), ["0.0.0.0/0"])
	lib.cidr_is_open(lib.as_array(ranges)[_])
	msg := sprintf("the API server of `%s` can be reached from anywhere; switch public access off, or name the ranges", [cluster.r.name])
}

unknown contains {"subject": cluster.r.id, "reason": "who may reach it is known only at apply"} if {
	some cluster in clusters
	some suffix in ["", "_cidrs"]
	lib.has_unknown(object.get(cluster.r.config, sprintf("%sendpoint_public_access%s", [cluster.prefix, suffix]), null))
}
