# METADATA
# title: A secret of Secrets Manager is not rotated, or seldom
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [aws_secretsmanager_secret, aws_secretsmanager_secret_rotation]}
package paylint.rules.key_rotation_off.terraform_aws_secrets

import data.paylint.aws
import data.paylint.lib

secrets contains r if r := input.terraform.aws_secretsmanager_secret[_]

rotations contains r if r := input.terraform.aws_secretsmanager_secret_rotation[_]

applies contains r.id if some r in secrets

applies contains r.id if {
	some r in rotations
	lib.present(r.config, "rotation_rules")
}

# The second is the older way.
rotated(secret) if aws.among(pointers, secret)

pointers := aws.pointed("aws_secretsmanager_secret_rotation", ["secret_id"])

rotated(secret) if lib.present(secret.config, "rotation_lambda_arn")

# One of a secret that is known only at apply may be for any.
unclear if aws.points_nowhere("aws_secretsmanager_secret_rotation", "secret_id")

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

names(r) := {r.name} | {name | name := lib.text(r.config.name)}

deny contains {"subject": r.id, "path": ["rotation_rules"], "msg": msg, "confidence": "low"} if {
	some r in secrets
	not rotated(r)
	not unclear
	not managed(r)
	not of_others(r)
	msg := sprintf("secret `%s` is never rotated; add aws_secretsmanager_secret_rotation", [r.name])
}

# Kept by the database service itself.
managed(r) if regex.match(`^rds!`, lib.text(r.config.name))

unknown contains {"subject": r.id, "reason": "which secret a rotation is for is known only at apply"} if {
	some r in secrets
	not rotated(r)
	unclear
}

# Days between two rotations, however that is written.
period(rules) := lib.number(rules.automatically_after_days)

period(rules) := lib.number(trim_suffix(trim_prefix(lib.text(rules.schedule_expression), "rate("), " days)")) if {
	not lib.present(rules, "automatically_after_days")
}

longest := 90

deny contains {"subject": r.id, "path": ["rotation_rules", i], "msg": msg} if {
	some r in rotations
	rules := r.config.rotation_rules[i]
	days := period(rules)
	days > longest
	msg := sprintf("the secret of `%s` is in use for %v days; rotate it after %v at most", [r.name, days, longest])
}

unknown contains {"subject": r.id, "reason": "how often it is rotated is known only at apply"} if {
	some r in rotations
	lib.has_unknown(r.config.rotation_rules)
}
