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

# What --build-arg hands over stays in the image's history and in the provenance of the build. An ARG with a value of its
# own is a secret written out: that is above.
deny contains {"subject": s.id, "path": ["instructions", i, "arguments"], "msg": msg, "severity": "medium"} if {
	some s in subjects
	instruction := s.config.instructions[i]
	instruction.keyword == "ARG"
	some name in regex.split(`\s+`, trim_space(lib.text(instruction.arguments)))
	regex.match(`^[A-Za-z_][A-Za-z0-9_]*$`, name)
	lib.secret_name(name)
	msg := sprintf("what --build-arg gives for `%s` stays in the image's history, where everyone who can pull it reads it; mount it with RUN --mount=type=secret", [name])
}
