# METADATA
# title: A secret of Secrets Manager is not rotated, or seldom
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {cloudformation: [AWS::SecretsManager::Secret, AWS::SecretsManager::RotationSchedule]}
package paylint.rules.key_rotation_off.cloudformation_secrets

import data.paylint.cfn
import data.paylint.lib

secrets := cfn.all(["AWS::SecretsManager::Secret"])

schedules := cfn.all(["AWS::SecretsManager::RotationSchedule"])

applies contains r.id if some r in secrets

applies contains r.id if {
	some r in schedules
	lib.present(r.config, "RotationRules")
}

rotated(secret) if cfn.refers(schedules[_], ["SecretId"], secret)

# By way of what ties it to its database.
rotated(secret) if {
	some attachment in cfn.all(["AWS::SecretsManager::SecretTargetAttachment"])
	cfn.refers(attachment, ["SecretId"], secret)
	cfn.refers(schedules[_], ["SecretId"], attachment)
}

unclear if cfn.obscure(schedules[_], ["SecretId"])

# What another company gave cannot be rotated by a function of one's own: that is why this is a hint. Addresses and
# lists are no credentials; webhooks and the tokens of tools are made anew by hand.
of_others(r) if {
	some name in names(r)
	regex.match(`(?i)webhook|slack|github|gitlab|circle_?ci|pager_?duty|(?:^|[-_/.])(?:urls?|ids?|list|blocklist|allowlist|licen[cs]e)$`, name)
}

of_others(r) if {
	some name in names(r)
	regex.match(`[a-z](?:Urls?|Ids?|List|Licen[cs]e)$`, name)
}

names(r) := {r.name} | {name | name := lib.text(r.config.Name)}

deny contains {"subject": r.id, "path": [], "msg": msg, "confidence": "low"} if {
	some r in secrets
	not rotated(r)
	not unclear
	not of_others(r)
	msg := sprintf("secret `%s` is never rotated; add AWS::SecretsManager::RotationSchedule", [r.name])
}

unknown contains {"subject": r.id, "reason": "which secret a rotation is for is known only at deployment"} if {
	some r in secrets
	not rotated(r)
	unclear
}

# Days between two rotations, however that is written.
period(rules) := lib.number(rules.AutomaticallyAfterDays)

period(rules) := lib.number(trim_suffix(trim_suffix(trim_prefix(lib.text(rules.ScheduleExpression), "rate("), " days)"), " day)")) if {
	not lib.present(rules, "AutomaticallyAfterDays")
}

longest := 90

deny contains {"subject": r.id, "path": ["RotationRules"], "msg": msg} if {
	some r in schedules
	days := period(r.config.RotationRules)
	days > longest
	msg := sprintf("the secret of `%s` is in use for %v days; rotate it after %v at most", [r.name, days, longest])
}

unknown contains {"subject": r.id, "reason": "how often it is rotated is known only at deployment"} if {
	some r in schedules
	lib.has_unknown(object.get(r.config, "RotationRules", {}))
}
