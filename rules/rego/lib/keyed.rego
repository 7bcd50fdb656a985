# Settings by name, and the connections they describe: `import data.paylint.keyed`. For files of names and values.
#
# METADATA
# title: Settings by name
package paylint.keyed

import data.paylint.lib

# apps: settings of applications that are in use: not those that only tests read, nor what shows what to write.
apps := [s |
	s := input.app_settings.settings[_]
	not s.config.test
	not s.config.sample
	is_object(s.config.values)
]

# near(s, confidence): environment of a container that leads to its neighbours, or is for trying things out.
near(s, "low") if s.config.held

# value(s, key): a setting of an application, by its name in one spelling (no dashes, lower case). Undefined if absent.
value(s, key) := s.config.values[key]

# texts(s): every text of an application's settings, items of lists by themselves: {key, text, path}.
texts(s) := array.concat(
	[{"key": key, "text": v, "path": ["values", key]} | v := s.config.values[key]; is_string(v)],
	[{"key": key, "text": item, "path": ["values", key, i]} |
		v := s.config.values[key]
		is_array(v)
		some i, item in v
		is_string(item)
	],
)

# off(v), on(v): what switches something off, or on, in any of these files. Neither holds for anything else.
off(v) if v == false

off(v) if v == 0

off(v) if lower(trim_space(lib.text(v))) in {"false", "off", "no", "0", "disable", "disabled", "none"}

on(v) if v == true

on(v) if v == 1

on(v) if lower(trim_space(lib.text(v))) in {"true", "on", "yes", "1", "enable", "enabled"}

# listed(v): the items of a list, or of a text with commas, semicolons or blanks between them.
listed(v) := [part |
	some item in lib.as_array(v)
	some raw in regex.split(`[,; ]+`, lib.text(item))
	part := trim(raw, "[]{}\"' ")
	part != ""
]

# is_variable(v): something in the text is put in at deployment only.
is_variable(v) if regex.match(`\$\{|\{\{|\$\(|#\{|<%|\[\[`, lib.text(v))

# --- hosts ------------------------------------------------------------------------------------------------------------

# is_local(host): this very machine, or a socket on it.
is_local(host) if regex.match(`(?i)^(?:|/.*|localhost(?:\.localdomain)?|[a-z0-9-]+\.localhost|127(?:\.[0-9]{1,3}){3}|\[?::1\]?|0\.0\.0\.0|host\.(?:docker|containers|minikube|lima)\.internal)$`, trim_space(lib.text(host)))

# is_neighbour(host): a name without a domain, or one of the cluster: another container beside this one.
is_neighbour(host) if regex.match(`(?i)^[a-z0-9_-]+$|\.svc(?:\.cluster\.local)?$`, trim_space(lib.text(host)))

# is_address(text): it can be the name or address of a host.
is_address(text) if regex.match(`(?i)^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[?[0-9a-f:]+\]?)$`, lib.text(text))

# is_development(s): its profile is one that developers, not customers, use.
is_development(s) if regex.match(`(?:^|[,&|( ])(?:dev|devel|develop|development|local|test|tests|testing|it|ci|e2e|integration|unit|mock|demo|h2)(?:[-_0-9].*)?(?:$|[,&|) ])`, lib.text(s.config.profile))

# confidence(s, host): how sure a finding about a connection to a host is: between neighbours a mesh may encrypt it.
confidence(s, _) := "low" if is_development(s)

confidence(s, host) := "low" if {
	not is_development(s)
	is_neighbour(host)
}

confidence(s, host) := "medium" if {
	not is_development(s)
	not is_neighbour(host)
}

# confidence_of(s, hosts): the same for a connection to several hosts; none are named where a variable brings them.
confidence_of(s, hosts) := "medium" if {
	some host in _remote(hosts)
	confidence(s, host) == "medium"
} else := "low"

_remote(hosts) := {"remote.example"} if count(hosts) == 0

_remote(hosts) := {host | some host in hosts; not is_local(host)} if count(hosts) > 0

# all_local(hosts): there are some, and all of them are this machine.
all_local(hosts) if {
	count(hosts) > 0
	count(_remote(hosts)) == 0
}

# urls(text): every URL in it: {scheme, user, password, host}; what is not there is "". `password` may hold a variable.
urls(text) := [{"scheme": lower(m[1]), "user": m[2], "password": m[3], "host": m[4]} |
	some m in regex.find_all_string_submatch_n(`([a-zA-Z][a-zA-Z0-9+.-]*)://(?:([^/@:?# "',;]*)(?::([^/@?# "']*))?@)?(\[[0-9a-fA-F:]+\]|[^/:?#,; "'@\\]*)`, text, -1)
]

# hosts(text): the hosts a URL, a connection string or a list of host:port names.
hosts(text) := found if {
	found := {u.host | some u in urls(text)}
	count(found) > 0
} else := found if {
	found := {trim_prefix(lower(trim_space(m[1])), "tcp:") |
		some m in regex.find_all_string_submatch_n(`(?i)(?:^|[; ])(?:server|data source|host|hostname|addr|address|network address)[ ]*=[ ]*((?:tcp:)?[^;:, ]+)`, text, -1)
	}
	count(found) > 0
} else := found if {
	found := {m[1] | some m in regex.find_all_string_submatch_n(`@(?:tcp)?\(([^:)]+)`, text, -1)}
	count(found) > 0
} else := {m[1] | some m in regex.find_all_string_submatch_n(`(?:^|,)[ ]*(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9._-]+):[0-9]+`, text, -1)}

# parameters(text): what a URL's query, or a connection string, sets: {name, value}, names in lower case without dashes,
# underscores and blanks, values in lower case.
parameters(text) := [{"name": replace(replace(replace(lower(m[1]), "-", ""), "_", ""), " ", ""), "value": lower(trim(m[2], "\"' "))} |
	some m in regex.find_all_string_submatch_n(`(?:^|[?&;:, ])[ ]*([A-Za-z][A-Za-z _.-]*?)[ ]*=[ ]*("[^"]*"|'[^']*'|[^?&;, "']*)`, text, -1)
]

# host_of(s, prefix): the host that the settings beside a switch name: spring.redis.host for spring.redis.ssl.
host_of(s, prefix) := host if {
	found := {h |
		some suffix in _host_names
		some item in lib.as_array(s.config.values[concat("", [prefix, suffix])])
		some h in _named(item)
	}
	count(found) > 0
	host := max([[not_local, h] | some h in found; not_local := rank(h)])[1]
} else := "remote.example"

# Of several hosts the one that lies elsewhere counts.
rank(host) := 0 if is_local(host)

rank(host) := 1 if not is_local(host)

_host_names := [
	".host", ".hostname", ".server", ".url", ".uri", ".uris", ".addresses", ".address", ".bootstrapservers",
	".bootstrap.servers", ".contactpoints",
]

# "remote.example" stands for a host that is not named here, or that is a variable.
_named(item) := {item} if {
	is_address(item)
} else := hosts(lib.text(item))

# --- secrets ----------------------------------------------------------------------------------------------------------

# is_reference(v): not a secret but where to find one, or one that is encrypted.
is_reference(v) if is_variable(v)

is_reference(v) if regex.match(`(?i)^[ ]*(?:ENC\(|DEC\(|\{cipher\}|\{vault\}|\{aes|\{sops|\{(?:bcrypt|scrypt|argon2|pbkdf2|noop)|\$2[aby]\$|\$argon2|AES256:|PBEWith|@Microsoft\.KeyVault|vault:|vault/|secretsmanager:|awssm|aws-|sm://|sm@|gcp-|azure-|keyvault|ref:|ref\+|op://|ssm:|kms:|file:|env:|classpath:|bao:|sops:|\*|<|\$)`, lib.text(v))

# is_placeholder(v): a word that says that something else goes here.
is_placeholder(v) if regex.match(`(?i)^(?:|x+|\*+|\.+|-+|todo|tbd|none|null|nil|true|false|yes|no|on|off|empty|undefined|n/a|change[-_ ]?(?:me|it|this)!?|(?:to[-_]?be[-_]?)?(?:replaced|set|defined|filled|changed|provided)(?:[-_ ].*)?|replace[-_ ].*|change[-_ ].*|enter[-_ ].*|insert[-_ ].*|set[-_ ].*|your[-_ ]?.*|my[-_]?(?:password|secret|token|key)|.*[-_ ]here|example|sample|placeholder|redacted|masked|hidden|removed|dummy|fake|mock|not[-_ ].*|override[-_ ].*|from[-_ ].*|see[-_ ].*)$`, trim_space(lib.text(v)))

# password_literal(v): text that can be a password, however short, and is no reference or placeholder.
password_literal(v) if {
	count(trim_space(lib.text(v))) >= 3
	not is_reference(v)
	not is_placeholder(v)
	not regex.match(`^(?:/|\./|[a-z]+://)`, v)
	not regex.match(`[ ].*[ ]`, trim_space(v))
	not regex.match(`^[a-z]+(?:\.[A-Za-z0-9_]+){2,}$`, v)
}

# secret_name(name): lib's, and the short and compound names that configuration files and images use.
secret_name(name) if lib.secret_name(name)

secret_name(name) if {
	regex.match(`(?i)(?:^|[-_.])(?:pass|passcode|passwords|(?:secret|key)[-_.]?key[-_.]?base|(?:app|jwt|master|hmac|aes|cipher|encryption|signing|private|access|secret|api|storage|account|license)[-_.]key|secret_key_base|app_key|jwt_key|hmac|hmac[-_.]secret|erlang[-_.]cookie|root[-_.]token[-_.]id|(?:hsm|pkcs11|slot|token|so)[-_.]pin)$`, lib.text(name))
	not regex.match(`(?i)(?:publishable|public|csrf|xsrf|proxy[-_.]pass$|by[-_.]?pass|(?:^|[-_.])kms(?:$|[-_.])|site[-_.]?key)`, name)
}

# secret_literal(name, v): what stands under this name is a secret written out. A password may be short, a token is not.
secret_literal(name, v) if {
	regex.match(`(?i)(?:password|passwords|passwd|passphrase|pwd|(?:^|[-_.])pass)$`, lib.text(name))
	password_literal(v)
	not regex.match(`^[ ]*(?:%|arn:|projects/|AQICAH)`, v)
}

secret_literal(name, v) if {
	lib.secret_value(v)
	not is_placeholder(v)
	not _is_name(name, v)
	not regex.match(`(?i)^[A-Za-z0-9_./-]*\.(?:pem|key|crt|cer|jks|p12|pfx|der|txt|json|ya?ml)$`, v)
}

# What is called a key may be the name of an entry: orders, payments.daily.
_is_name(name, v) if {
	regex.match(`(?i)(?:storage|cache)[-_.]key$`, lib.text(name))
	regex.match(`^[a-z]{1,12}(?:[-_.:/][a-z]{1,12}){0,3}$`, v)
}

# A PIN is made of digits, as no other secret is.
secret_literal(name, v) if {
	regex.match(`(?i)[-_.]pin$`, lib.text(name))
	regex.match(`^[0-9]{4,12}$`, sprintf("%v", [v]))
}
