# METADATA
# title: An AWS session, cluster or replication leaves no record of what it did
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {terraform: [aws_emr_cluster, aws_dms_replication_task, aws_dms_replication_config, aws_ssm_document]}
package paylint.rules.audit_logging_off.terraform_aws_jobs

import data.paylint.lib

applies contains r.id if r := input.terraform.aws_emr_cluster[_]

deny contains {"subject": r.id, "path": ["log_uri"], "msg": msg} if {
	r := input.terraform.aws_emr_cluster[_]
	not lib.present(r.config, "log_uri")
	msg := sprintf("the logs of `%s` are gone with its machines; set log_uri to a bucket", [r.name])
}

deny contains {"subject": r.id, "path": ["log_uri"], "msg": msg} if {
	r := input.terraform.aws_emr_cluster[_]
	r.config.log_uri == ""
	msg := sprintf("the logs of `%s` are gone with its machines; set log_uri to a bucket", [r.name])
}

# Off where nothing is written.
replications contains {"r": r, "switch": [key, "Logging", "EnableLogging"]} if {
	some type, key in {"aws_dms_replication_task": "replication_task_settings", "aws_dms_replication_config": "replication_settings"}
	r := input.terraform[type][_]
}

applies contains found.r.id if some found in replications

unclear(found) if {
	some length in [1, 2]
	lib.is_unknown(object.get(found.r.config, array.slice(found.switch, 0, length), null))
}

deny contains {"subject": found.r.id, "path": found.switch, "msg": msg} if {
	some found in replications
	not unclear(found)
	not lib.truthy(object.get(found.r.config, found.switch, null))
	msg := sprintf("task `%s` keeps no log of the rows it moves; set Logging.EnableLogging to true in %s", [found.r.name, found.switch[0]])
}

unknown contains {"subject": found.r.id, "reason": "whether it logs is known only at apply"} if {
	some found in replications
	unclear(found)
}

# What people do on machines: Session Manager keeps it only where it is told where to.
sessions contains r if {
	r := input.terraform.aws_ssm_document[_]
	r.config.document_type == "Session"
	is_object(r.config.content)
	lib.known(r.config.content)
	is_object(r.config.content.inputs)
	lib.known(r.config.content.inputs)
	not r.config.content.sessionType in {"Port", "InteractiveCommands", "NonInteractiveCommands"}
}

applies contains r.id if some r in sessions

sinks(r) := [key |
	some key in ["s3BucketName", "cloudWatchLogGroupName"]
	value := object.get(r.config.content.inputs, key, null)
	not value in ["", null]
]

deny contains {"subject": r.id, "path": ["content", "inputs"], "msg": msg} if {
	some r in sessions
	count(sinks(r)) == 0
	msg := sprintf("sessions of `%s` are not recorded; name cloudWatchLogGroupName or s3BucketName", [r.name])
}

unknown contains {"subject": r.id, "reason": "where sessions are recorded is known only at apply"} if {
	some r in sessions
	named := sinks(r)
	count(named) > 0
	every key in named {
		lib.is_unknown(r.config.content.inputs[key])
		count(object.get(r.refs, concat(".", ["content.inputs", key]), [])) == 0
	}
}
