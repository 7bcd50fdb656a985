# METADATA
# title: An AWS session, cluster or replication leaves no record of what it did
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {terraform: [aws_emr_cluster, aws_dms_replication_task, aws_ssm_document]}
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
applies contains r.id if r := input.terraform.aws_dms_replication_task[_]

switch := ["replication_task_settings", "Logging", "EnableLogging"]

deny contains {"subject": r.id, "path": switch, "msg": msg} if {
	r := input.terraform.aws_dms_replication_task[_]
	not lib.is_unknown(r.config.replication_task_settings)
	not lib.is_unknown(object.get(r.config, array.slice(switch, 0, 2), null))
	not lib.truthy(object.get(r.config, switch, null))
	msg := sprintf("task `%s` keeps no log of the rows it moves; set Logging.EnableLogging to true in replication_task_settings", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it logs is known only at apply"} if {
	r := input.terraform.aws_dms_replication_task[_]
	some length in [1, 2]
	lib.is_unknown(object.get(r.config, array.slice(switch, 0, length), null))
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
