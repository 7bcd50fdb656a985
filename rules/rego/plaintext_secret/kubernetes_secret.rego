# METADATA
# title: A Secret with its values stands in version control
# custom: {confidence: medium, applies_to: {kubernetes: [Secret]}}
package paylint.rules.plaintext_secret.kubernetes_secret

import data.paylint.keyed
import data.paylint.kubernetes
import data.paylint.lib

# SOPS encrypts the values of a file in place.
encrypted(s) if lib.present(s.config, "sops")

secrets contains s if {
	s := input.kubernetes.Secret[_]
	kubernetes.in_group(s, "")
	not encrypted(s)
}

applies contains s.id if some s in secrets

# {subject, path, key, value}: the values as they are meant; base64 is no encryption.
values contains {"subject": s.id, "path": ["stringData", key], "key": key, "value": value} if {
	some s in secrets
	some key, value in kubernetes.entries(s.config.stringData)
	is_string(value)
}

values contains {"subject": s.id, "path": ["data", key], "key": key, "value": value} if {
	some s in secrets
	some key, encoded in kubernetes.entries(s.config.data)
	joined := regex.replace(lib.text(encoded), `\s`, "")
	base64.is_valid(joined)
	value := base64.decode(joined)
}

# What a Secret holds beside secrets; a registry's file is looked into elsewhere.
harmless_key(key) if key in {".dockerconfigjson", ".dockercfg"}

harmless_key(key) if regex.match(`(?i)(?:^|[-_.])(?:user(?:[-_]?name)?(?:[-_]in)?|login|email|host(?:name)?|server|address|endpoint|port|db(?:[-_]?name)?|database|schema|region|bucket|namespace|tenant|account|ca\.crt|tls\.crt|ca\.pem|cert(?:ificate)?|cert\.pem|client[-_]?id|app[-_]?id|key[-_]?id|access[-_]?key[-_]?id|public[-_]?key|type|provider|driver|dialect|engine|mode|env(?:ironment)?|enabled|name|url|uri|issuer|audience|ssl[-_]?mode|project(?:[-_]?id)?|version)$|(?:account|user|host|server|cluster|database|bucket|container)name$`, key)

harmless_key(key) if regex.match(`[a-z0-9](?:User(?:[nN]ame)?|Login|Email|Host(?:[nN]ame)?|Server|Address|Endpoint|Port|Database|Region|Bucket|Namespace|Tenant|Id|ID|Url|URL|Uri|URI|Type|Provider|Mode|Name|PublicKey)$`, key)

is_secret(key, value) if {
	not harmless_key(key)
	keyed.secret_literal(key, value)
	not stands_in(value)
}

is_secret(_, value) if has_private_key(value)

has_private_key(value) if regex.match(`-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{16}`, value)

# A word for what belongs there, or the mark of a tool that fills it in.
stands_in(value) if regex.match(`(?i)change[-_ ]?me|replace[-_ ]?(?:me|this|with)|placeholder|your[-_ ]|^your|example|dummy|redacted|to[-_ ]?be[-_ ]|insert[-_ ]|fill[-_ ]?(?:me|in)|^todo|^test[-_]?(?:password|secret|value)?$|^ENC\[|^AgA|^\{cipher\}|^vault:|^ref\+|\$\{|\{\{|^<`, value)

# A certificate is public; settings that hold no word of a secret are settings.
stands_in(value) if {
	regex.match(`-----BEGIN CERTIFICATE-----`, value)
	not has_private_key(value)
}

# Whole files under names of their own: only where they hold a password.
stands_in(value) if {
	contains(trim_space(value), "\n")
	not has_private_key(value)
	not regex.match(`(?i)(?:password|passwd|secret|token|api[-_]?key|private[-_]?key)["']?\s*[:=]\s*["']?[^\s"'${<]{6,}`, value)
}

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	some found in values
	is_secret(found.key, found.value)
	msg := sprintf("the value of `%s` stands in the manifest and so in version control; base64 hides nothing: take it from a secret store, or seal or encrypt the manifest, and change the value", [found.key])
}
