# METADATA
# title: A build starts from whatever image is the latest
# custom: {severity: low, confidence: high, applies_to: {dockerfile: [stage]}}
package paylint.rules.ci_action_not_pinned.dockerfile

import data.paylint.lib

used contains {"subject": s.id, "image": image, "path": ["images", i]} if {
	some type in ["stage"]
	s := input.dockerfile[type][_]
	image := s.config.images[i]
}

applies contains use.subject if some use in used

deny contains {"subject": use.subject, "path": use.path, "msg": msg} if {
	some use in used
	use.image.digest == false
	floats(use.image.tag)
	msg := sprintf("`%v` is another image tomorrow, without a review; name a version, best with its sha256 digest", [use.image.image])
}

floats(tag) if tag == null

floats("latest") := true

unknown contains {"subject": use.subject, "reason": "the image comes from a variable"} if {
	some use in used
	lib.is_unknown(use.image.image)
}
