# METADATA
# title: A log group is emptied before twelve months
# custom: {confidence: medium, applies_to: {terraform: [aws_cloudwatch_log_group]}, reads: [[retention_in_days]]}
package paylint.rules.audit_log_retention.terraform_aws

import data.paylint.lib

applies contains r.id if r := input.terraform.aws_cloudwatch_log_group[_]

# 0, and nothing at all, is for ever.
deny contains {"subject": r.id, "path": ["retention_in_days"], "msg": msg} if {
	r := input.terraform.aws_cloudwatch_log_group[_]
	days := lib.number(r.config.retention_in_days)
	days > 0
	days < data.settings.audit_retention_days
	msg := sprintf("log group `%s` is emptied after %v days; audit logs are kept %v days", [r.name, days, data.settings.audit_retention_days])
}
