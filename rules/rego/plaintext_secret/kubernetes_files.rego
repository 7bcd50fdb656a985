# METADATA
# title: A file inside a manifest holds a password or a key
# custom:
#   confidence: medium
#   applies_to: {kubernetes: [ConfigMap, Secret, HelmRelease, HelmChart, HelmChartConfig, Application, ApplicationSet]}
package paylint.rules.plaintext_secret.kubernetes_files

import data.paylint.keyed
import data.paylint.kubernetes
import data.paylint.lib

# Files of settings; scripts and templates hold words of other meanings.
is_settings(key) if regex.match(`(?i)\.(?:properties|ya?ml|json|ini|conf|cnf|cfg|env|toml|hcl)$|^\.?env$|^config$|^credentials$`, key)

# {subject, path, text}: files of settings, and charts' values as text.
files contains {"subject": s.id, "path": ["data", key], "text": text} if {
	s := input.kubernetes.ConfigMap[_]
	some key, value in kubernetes.entries(s.config.data)
	is_settings(key)
	text := lib.text(value)
	contains(text, "\n")
}

places := [
	{"kind": "Application", "group": "argoproj.io", "path": ["spec", "source", "helm", "values"]},
	{"kind": "HelmChart", "group": "helm.cattle.io", "path": ["spec", "valuesContent"]},
	{"kind": "HelmChartConfig", "group": "helm.cattle.io", "path": ["spec", "valuesContent"]},
]

files contains {"subject": s.id, "path": place.path, "text": text} if {
	some place in places
	s := input.kubernetes[place.kind][_]
	kubernetes.in_group(s, place.group)
	text := lib.text(kubernetes.get(s.config, place.path, null))
}

applies contains file.subject if some file in files

# name: value, name = value; the value one word, as secrets are.
found_in(text) := [m[1] |
	regex.match(`(?i)passw|secret|token|api[-_.]?key|pwd`, text)
	some m in regex.find_all_string_submatch_n(`(?m)^[ \t]*(?:- )?["']?([A-Za-z][A-Za-z0-9_.-]*)["']?[ \t]*[:=][ \t]*["']?([^\s"',;()\[\]{}<>|&*]+)["']?,?[ \t]*(?:#.*)?$`, text, -1)
	lib.secret_name(m[1])
	keyed.secret_literal(m[1], m[2])
	not keyed.is_reference(m[2])
	looks_secret(m[2])
]

# A word of lower-case letters and dashes may be the name of a secret or of a mode.
looks_secret(value) if {
	count(value) >= 6
	regex.match(`[0-9A-Z!@^~+]`, value)
	not regex.match(`^(?:[0-9.:]+|[a-z]+-[a-z-]+|[A-Z][A-Z0-9_]+|v[0-9].*|[0-9]+[a-z]{1,2})$`, value)
	not regex.match(`(?i)password|secret|change|example|^\$|/`, value)
}

deny contains {"subject": file.subject, "path": file.path, "msg": msg} if {
	some file in files
	names := found_in(file.text)
	count(names) > 0
	msg := sprintf("the value of `%s` stands in this file and so in version control; refer to a Secret from a secret store instead", [names[0]])
}

# --- private keys

private_key(text) if regex.match(`-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{16}`, text)

keys contains {"subject": s.id, "path": ["data", key]} if {
	s := input.kubernetes.ConfigMap[_]
	some key, value in kubernetes.entries(s.config.data)
	contains(lib.text(value), "PRIVATE KEY-----")
	private_key(value)
}

applies contains key.subject if some key in keys

deny contains {"subject": key.subject, "path": key.path, "msg": msg, "confidence": "high"} if {
	some key in keys
	msg := "a private key stands in a ConfigMap, and so in version control; keep it in a Secret from a secret store, and make a new one"
}

# --- charts' values as settings

settings contains {"subject": s.id, "path": array.concat(place.path, path), "name": sprintf("%v", [path[count(path) - 1]]), "value": value} if {
	some place in [
		{"kind": "HelmRelease", "group": "helm.toolkit.fluxcd.io", "path": ["spec", "values"]},
		{"kind": "HelmRelease", "group": "helm.fluxcd.io", "path": ["spec", "values"]},
		{"kind": "Application", "group": "argoproj.io", "path": ["spec", "source", "helm", "valuesObject"]},
		{"kind": "HelmChart", "group": "helm.cattle.io", "path": ["spec", "set"]},
	]
	s := input.kubernetes[place.kind][_]
	kubernetes.in_group(s, place.group)
	walk(kubernetes.get(s.config, place.path, {}), [path, value])
	is_string(value)
}

settings contains {"subject": s.id, "path": ["spec", "source", "helm", "parameters", i, "value"], "name": parameter.name, "value": parameter.value} if {
	s := input.kubernetes.Application[_]
	kubernetes.in_group(s, "argoproj.io")
	parameter := s.config.spec.source.helm.parameters[i]
	is_string(parameter.value)
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.path, "msg": msg} if {
	some setting in settings
	lib.secret_name(setting.name)
	keyed.secret_literal(setting.name, setting.value)
	not keyed.is_reference(setting.value)
	not regex.match(`^[a-z]+(?:-[a-z]+)+$`, setting.value)
	msg := sprintf("the value of `%s` stands in the manifest and so in version control; let the chart take it from an existing Secret (valuesFrom, existingSecret)", [setting.name])
}

# --- credentials of registries

registries contains {"subject": s.id, "path": [field, key], "text": text} if {
	s := input.kubernetes.Secret[_]
	not lib.present(s.config, "sops")
	some field in ["data", "stringData"]
	some key in [".dockerconfigjson", ".dockercfg"]
	text := decoded(field, lib.text(s.config[field][key]))
}

decoded("stringData", text) := text

decoded("data", text) := base64.decode(joined) if {
	joined := regex.replace(text, `\s`, "")
	base64.is_valid(joined)
}

applies contains registry.subject if some registry in registries

deny contains {"subject": registry.subject, "path": registry.path, "msg": msg} if {
	some registry in registries
	regex.match(`"(?:auth|password|identitytoken)"\s*:\s*"[^"$<{]{6,}"`, registry.text)
	msg := "a registry's credentials stand in the manifest and so in version control; base64 hides nothing: take them from a secret store, and change them"
}
