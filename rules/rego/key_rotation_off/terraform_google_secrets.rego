# METADATA
# title: A secret in Google's Secret Manager is rotated too seldom
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [google_secret_manager_secret, google_secret_manager_regional_secret]}
package paylint.rules.key_rotation_off.terraform_google_secrets

import data.paylint.lib

# Only what is written: secrets may be rotated by what uses them.
periods contains {"r": r, "period": object.get(rotation, "rotation_period", null), "path": ["rotation", i, "rotation_period"]} if {
	some type in ["google_secret_manager_secret", "google_secret_manager_regional_secret"]
	r := input.terraform[type][_]
	rotation := r.config.rotation[i]
	lib.present(rotation, "rotation_period")
}

applies contains item.r.id if some item in periods

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in periods
	seconds := lib.number(trim_suffix(lib.text(item.period), "s"))
	seconds > data.settings.maximum_key_rotation_days * 86400
	msg := sprintf("secret `%s` is due for rotation every %v days; rotate it after %v days at most", [item.r.name, floor(seconds / 86400), data.settings.maximum_key_rotation_days])
}

unknown contains {"subject": item.r.id, "reason": "how often it is rotated is known only at apply"} if {
	some item in periods
	lib.is_unknown(item.period)
}
