# METADATA
# title: A secret stands in an application's settings in plain text
# custom: {confidence: medium, applies_to: {app_settings: [settings]}}
package paylint.rules.plaintext_secret.app_settings

import data.paylint.keyed
import data.paylint.lib

applies contains s.id if some s in apps

# What a container's environment holds by name, or in an address, is its own input's.
apps := [s | some s in keyed.apps; not s.config.held]

# A file that shows what to write: only what is no word of an example can be somebody's secret.
applies contains s.id if some s in samples

samples := [s | s := input.app_settings.settings[_]; s.config.sample; not s.config.test]

secret contains {"s": s, "key": key, "confidence": confidence} if {
	some s in apps
	v := s.config.values[key]
	holds_secret(s.config.words[key])
	is_secret(s.config.words[key], sprintf("%v", [plain(v)]))
	not in_memory(s, key)
	confidence := local_is_low({"s": s, "host": host_beside(s, key)})
}

secret contains {"s": s, "key": key, "confidence": "low"} if {
	some s in samples
	v := s.config.values[key]
	holds_secret(s.config.words[key])
	is_secret(s.config.words[key], v)
	looks_random(v)
}

plain(v) := v if is_string(v)

plain(v) := v if is_number(v)

holds_secret(name) if {
	keyed.secret_name(name)
	not regex.match(`(?:^|[-_.])(?:password|token|secret)s?[-_.](?:policy|rules?|min|max|reset|expir|ttl|length|field|param|parameter|header|name|encoder|url|uri|type)|(?:^|[-_.])(?:csrf|xsrf|header|cookie|param|parameter|field|label|message|error|pattern|regexp?)[-_.]|(?:next|page|continuation|header|cookie)[-_.]?token$`, name)
}

is_password(name) if regex.match(`(?:password|passwd|passphrase|pwd|(?:^|[-_.])pass)$`, name)

is_secret(name, v) if {
	is_password(name)
	keyed.password_literal(v)
}

is_secret(name, v) if {
	not is_password(name)
	lib.secret_value(v)
	keyed.password_literal(v)
	keyed.secret_literal(name, v)
}

is_secret(name, v) if {
	regex.match(`[-_.]pin$`, name)
	keyed.secret_literal(name, v)
}

# The host that stands beside it: spring.datasource.url for spring.datasource.password.
host_beside(s, key) := keyed.host_of(s, concat(".", array.slice(parts, 0, count(parts) - 1))) if parts := split(key, ".")

# Nobody else can reach a database in the process's own memory.
in_memory(s, key) if {
	regex.match(`datasource|r2dbc|h2`, key)
	s.id in with_memory
}

with_memory contains s.id if {
	some s in apps
	v := s.config.values[key]
	regex.match(`(?:datasource|r2dbc)[a-z.]*url$`, key)
	regex.match(`^(?:jdbc|r2dbc):(?:h2|hsqldb|derby|sqlite)`, lib.text(v))
}

looks_random(v) if {
	count(lib.text(v)) >= 16
	regex.match(`[0-9]`, v)
	regex.match(`[a-zA-Z]`, v)
	not regex.match(`(?i)example|sample|secret|password|your|change|replace|test|demo|xxx|1234|abcd|0000`, v)
}

deny contains {"subject": found.s.id, "path": ["values", found.key], "msg": msg, "confidence": found.confidence} if {
	some found in secret
	msg := sprintf("the value of `%s` stands here in clear text and so in version control; refer to the environment or a secret store", [found.s.config.names[found.key]])
}

# --- inside of connection strings -------------------------------------------------------------------------------------

inside contains {"s": s, "at": at, "host": url.host} if {
	some s in apps
	some at in keyed.texts(s)
	contains(at.text, "@")
	some url in keyed.urls(at.text)
	url.password != ""
	keyed.password_literal(url.password)
}

inside contains {"s": s, "at": at, "host": "remote.example"} if {
	some s in keyed.apps
	some at in keyed.texts(s)
	regex.match(`(?i)(?:password|pwd|accountkey|sharedaccesskey)[ ]*=`, at.text)
	not regex.match(`(?i)jdbc:(?:h2|hsqldb|derby|sqlite)`, at.text)
	some parameter in connection_parameters(at.text)
	parameter.name in {"password", "pwd", "accountkey", "sharedaccesskey", "truststorepassword", "keystorepassword", "trustcertificatekeystorepassword", "clientcertificatekeystorepassword", "sslpassword"}
	keyed.password_literal(parameter.value)
}

# A login module of Kafka's
inside contains {"s": s, "at": {"key": key, "path": ["values", key]}, "host": "remote.example"} if {
	some s in keyed.apps
	value := s.config.values[key]
	endswith(key, "sasl.jaas.config")
	some m in regex.find_all_string_submatch_n(`(?:password|clientSecret)[ ]*=[ ]*["']?([^"'; ]+)`, lib.text(value), -1)
	keyed.password_literal(m[1])
}

connection_parameters(text) := keyed.parameters(text) if regex.match(`://|(?i:^|;)[ ]*[A-Za-z ]+=[^;]*;|^[A-Za-z0-9._-]+:[0-9]+,`, text)

connection_parameters(text) := [] if not regex.match(`://|(?i:^|;)[ ]*[A-Za-z ]+=[^;]*;|^[A-Za-z0-9._-]+:[0-9]+,`, text)

deny contains {"subject": found.s.id, "path": found.at.path, "msg": msg, "confidence": confidence} if {
	some found in inside
	not [found.s.id, found.at.key] in by_name
	confidence := local_is_low(found)
	msg := sprintf("the connection string `%s` holds its password in clear text; refer to the environment or a secret store", [found.s.config.names[found.at.key]])
}

by_name contains [found.s.id, found.key] if some found in secret

local_is_low(found) := "low" if keyed.is_local(found.host)

local_is_low(found) := keyed.confidence(found.s, "remote.example") if not keyed.is_local(found.host)
