# METADATA
# title: A secret is built into an image
# custom: {confidence: medium, applies_to: {dockerfile: [stage]}}
package paylint.rules.plaintext_secret.dockerfile

import data.paylint.lib
import data.paylint.written

subjects contains s if s := input.dockerfile.stage[_]

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in written.secrets(s.config)
}

# A private key in an image is for everyone who can pull it.
deny contains {"subject": s.id, "path": ["instructions", i, "sources", j], "msg": msg} if {
	some s in subjects
	instruction := s.config.instructions[i]
	instruction.keyword in {"ADD", "COPY"}
	not lib.present(instruction.flags, "from")
	source := instruction.sources[j]
	regex.match(`(?i)(?:^|/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|[^/]*\.(?:ppk|pfx|p12|jks-key)|[^/]*private[-_]?key[^/]*\.(?:pem|key|der)|\.netrc|\.aws/credentials|\.pgpass)$`, lib.text(source))
	msg := sprintf("`%v` is copied into the image, where everyone who can pull it reads it, a later RUN rm included; mount it with --mount=type=secret or --mount=type=ssh", [source])
}
