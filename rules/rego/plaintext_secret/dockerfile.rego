# METADATA
# title: A secret is built into an image
# custom: {confidence: medium, applies_to: {dockerfile: [stage]}}
package paylint.rules.plaintext_secret.dockerfile

import data.paylint.keyed
import data.paylint.lib
import data.paylint.written

subjects contains s if s := input.dockerfile.stage[_]

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in written.secrets(s.config)
}

# A key or a login in an image is for everyone who can pull it.
deny contains {"subject": s.id, "path": ["instructions", i, "sources", j], "msg": msg, "confidence": kind.confidence, "severity": kind.severity} if {
	some s in subjects
	instruction := s.config.instructions[i]
	instruction.keyword in {"ADD", "COPY"}
	not lib.present(instruction.flags, "from")
	source := instruction.sources[j]
	kind := holds[_]
	regex.match(kind.name, lib.text(source))
	not regex.match(`(?i)example|sample|template|\.dist$|pub(?:lic)?[-_.]?(?:key|ring)|\.pub$|\.gpg\.key$|known_hosts|test|(?:^|/)(?:locales?|lang|i18n|translations)/`, source)
	msg := sprintf("`%v` is copied into the image, where everyone who can pull it reads it, a later RUN rm included; mount it with --mount=type=secret or --mount=type=ssh", [source])
}

# Files by their names: what is a key by its form, what usually holds a login, what may hold one.
holds := [
	{"confidence": "medium", "severity": "high", "name": `(?i)(?:^|/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|[^/]*\.(?:ppk|pfx|p12|jks-key)|[^/]*private[-_]?key[^/]*\.(?:pem|key|der)|\.netrc|_netrc|\.aws/credentials|\.pgpass|\.my\.cnf|\.git-credentials|\.vault-token)$`},
	{"confidence": "medium", "severity": "high", "name": `(?i)(?:^|/)(?:\.ssh|\.aws|\.gnupg|\.kube|\.docker/config\.json|kubeconfig|\.pypirc|\.htpasswd|(?:gcp|gcloud|google|aws|azure)?[-_.]?(?:credentials?|service[-_]?account(?:[-_]?key)?)\.(?:json|csv)|[^/]*\.tfstate)/?$`},
	{"confidence": "medium", "severity": "medium", "name": `(?i)(?:^|/)(?:\.env(?:\.(?:prod|production|live|local|staging|stage))?|(?:server|tls|ssl|client|privkey|[^/]*[-_.]key)\.(?:key|pem)|[^/]+\.key|(?:[^/]*[-_.])?keystore(?:\.(?:jks|p12|pfx))?|[^/]*secrets?\.(?:json|ya?ml|env|txt|properties)|\.?secrets?/?)$`},
	{"confidence": "low", "severity": "medium", "name": `(?i)(?:^|/)(?:\.npmrc|\.yarnrc\.yml)$`},
]

# What --build-arg hands over stays in the image's history and in the provenance of the build. An ARG with a value of its
# own is a secret written out: that is above.
deny contains {"subject": s.id, "path": ["instructions", i, "arguments"], "msg": msg, "severity": "medium"} if {
	some s in subjects
	instruction := s.config.instructions[i]
	instruction.keyword == "ARG"
	some word in regex.split(`\s+`, trim_space(lib.text(instruction.arguments)))
	name := regex.find_all_string_submatch_n(`^([A-Za-z_][A-Za-z0-9_]*)(?:=(?:""|'')?)?$`, word, 1)[0][1]
	keyed.secret_name(name)
	msg := sprintf("what --build-arg gives for `%s` stays in the image's history, where everyone who can pull it reads it; mount it with RUN --mount=type=secret", [name])
}
