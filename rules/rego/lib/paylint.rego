# What rules share. `import data.paylint.lib` and write `lib.known(x)`.
#
# How to write a rule so that it says the same with both engines, and never passes by mistake:
#
# - Lists: `some x in v` fails in the embedded engine when v is null, a string or a number, and manifests hold such
#   things. Use `v[_]`, or `some x in lib.as_array(v)`. Blocks are always lists: `r.config.rule[_].status`.
# - Undefined spreads: a call with an undefined argument is undefined, so `sprintf("%v", [r.config.nope])` makes a whole
#   `deny` vanish. `not lib.present(r.config, "x")` is true when x is absent; so is `not r.config.x`, but also for false.
#   `s contains {"value": x.value}` is worse: where one x has no `value` and the next one has, the embedded engine raises.
#   Write `object.get(x, "value", null)`. Nor does it find a document of another package inside a function that is called
#   from a third one: give it a name in the function's own package first.
# - Builtins raise when they are given the wrong type, and that is an error of the rule for the whole unit. A value may
#   be a list where a string belongs, or unknown (an object). `lib.text(v)` and `lib.number(v)` are undefined instead.
# - Unknown: {"__unknown__": reason} stands for what is known only at apply. Name the paths a verdict depends on under
#   `reads`, and paylint calls the subject unknown by itself, unless it is denied. If `applies` depends on such a value,
#   or the verdict on another subject's, say so in `unknown`: it may name subjects that are not in `applies`.
# - Negation: `not f(x)` is true where x is undefined, with paylint, on an OPA server as well; in OPA by itself (`opa eval`,
#   `opa test`) it is undefined. A variable that only a negation holds, `not xs[i].on`, is refused by OPA and means "some
#   x is not on" in the embedded engine: write a rule for "some x is on", and negate that.
# - Digits: 12 or more in a row are masked in what rules see, and in the settings: an account id is 123456**9012. Match
#   ids with [0-9*]{12}; whether two of them are equal can still be asked.
# - Messages: `%v` for everything, `%s` for strings; nothing else is alike in both engines. `\w`, `\d`, `\s` and `\b`
#   differ beyond ASCII; lookarounds do not exist.
# - An item of `deny` is {subject, path, msg}; it may also carry `confidence` and `severity` where they differ from the
#   header's, and `related`: a list of {subject, path, msg} for the counterparts.
#
# METADATA
# title: Helpers for paylint's rules
package paylint.lib

# --- values -----------------------------------------------------------------------------------------------------------

# is_unknown(v): v stands for something that cannot be known before apply.
is_unknown(v) if is_string(v.__unknown__)

# known(v): v is there and known. What lies inside v may still be unknown: see has_unknown.
known(v) if not is_unknown(v)

# has_unknown(v): v, or something anywhere inside it, is unknown.
has_unknown(v) if {
	walk(v, [_, inner])
	is_unknown(inner)
}

# text(v): v if it is a string, else undefined.
text(v) := v if is_string(v)

# number(v): a number, or a string that is one ("8080"), as a number; else undefined.
number(v) := v if is_number(v)

number(v) := to_number(v) if {
	is_string(v)
	regex.match(`^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?$`, v)
}

# truthy(v), falsy(v): true or "true", false or "false". Neither holds for anything else.
truthy(v) if v == true

truthy(v) if lower(text(v)) == "true"

falsy(v) if v == false

falsy(v) if lower(text(v)) == "false"

# present(obj, key): the key is there and not null. An unknown value is there.
present(obj, key) if obj[key] != null

# absent(obj, key): the opposite. Undefined if obj is: there `not lib.present(...)` is what you want.
absent(obj, key) if not present(obj, key)

# as_array(v): what is or may be a list, as a list: null is [], a set is its items, anything else the only item.
as_array(v) := v if {
	is_array(v)
} else := [item | some item in v] if {
	is_set(v)
} else := [] if {
	is_null(v)
} else := [v]

# --- references -------------------------------------------------------------------------------------------------------

# refers(subject, path, other): what `subject` holds at `path` ("bucket", "rule.0.bucket" or ["rule", 0, "bucket"]) is
# `other`: by reference, or by being literally its id, address or name.
refers(subject, path, other) if {
	some address in subject.refs[_dotted(path)]
	_same_address(address, other.address)
}

refers(subject, path, other) if {
	value := object.get(subject.config, _keys(path), null)
	text(value) != ""
	value in _names(other)
}

_dotted(path) := path if is_string(path)

_dotted(path) := concat(".", [sprintf("%v", [key]) | some key in path]) if is_array(path)

_keys(path) := path if is_array(path)

_keys(path) := [_key(part) | some part in split(path, ".")] if is_string(path)

_key(part) := to_number(part) if regex.match(`^(?:0|[1-9][0-9]{0,8})$`, part)

_key(part) := part if not regex.match(`^(?:0|[1-9][0-9]{0,8})$`, part)

# With count or for_each one side may name all instances, the other one of them.
_same_address(a, b) if a == b

_same_address(a, b) if startswith(b, sprintf("%s[", [a]))

_same_address(a, b) if startswith(a, sprintf("%s[", [b]))

# A Terraform label is no name in the cloud: there only what the configuration says counts.
_names(other) := names if {
	attributes := ["id", "arn", "name", "bucket", "identifier", "cluster_identifier", "function_name", "key_id"]
	own := {name | some key in attributes; name := text(other.config[key])}
	names := ({other.id, other.address} | own) | _given_name(other)
}

_given_name(other) := {text(other.name)} if input.unit.kind != "terraform"

_given_name(_) := set() if input.unit.kind == "terraform"

# --- Kubernetes -------------------------------------------------------------------------------------------------------

# A Service with a template is Knative's.
_pod_paths := {
	"Pod": [],
	"Deployment": ["spec", "template"],
	"StatefulSet": ["spec", "template"],
	"DaemonSet": ["spec", "template"],
	"ReplicaSet": ["spec", "template"],
	"ReplicationController": ["spec", "template"],
	"Job": ["spec", "template"],
	"CronJob": ["spec", "jobTemplate", "spec", "template"],
	"PodTemplate": ["template"],
	"DeploymentConfig": ["spec", "template"],
	"Rollout": ["spec", "template"],
	"CloneSet": ["spec", "template"],
	"ScaledJob": ["spec", "jobTargetRef", "template"],
	"Service": ["spec", "template"],
}

# pods: every pod the unit's manifests make, whatever kind makes it:
# {subject, id, labels, namespace, spec, path}; `path` leads to `spec` in the subject's config.
pods := [pod |
	some kind, prefix in _pod_paths
	subject := input.kubernetes[kind][_]
	template := _at(subject.config, prefix)
	spec := template.spec
	is_object(spec)
	pod := {
		"subject": subject,
		"id": subject.id,
		"labels": _labels(template),
		"namespace": namespace(subject),
		"spec": spec,
		"path": array.concat(prefix, ["spec"]),
	}
]

_at(config, path) := config if path == []

_at(config, path) := object.get(config, path, null) if path != []

_labels(template) := labels if {
	labels := template.metadata.labels
	is_object(labels)
} else := {}

# namespace(subject): a manifest's namespace, "default" where it names none.
namespace(subject) := found if {
	found := subject.config.metadata.namespace
	found != null
} else := "default"

# machinery: namespaces of what a cluster itself runs on (a network plugin, a node exporter).
machinery := {"kube-system", "kube-node-lease", "calico-system", "istio-system", "cilium", "longhorn-system", "rook-ceph"}

# containers(pod): those of a pod from `pods`, with init and ephemeral ones: {container, list, path}; `list` is the field
# that holds it, `path` leads to it in the subject's config.
containers(pod) := [found |
	some list in ["containers", "initContainers", "ephemeralContainers"]
	container := pod.spec[list][i]
	is_object(container)
	known(container)
	found := {"container": container, "list": list, "path": array.concat(pod.path, [list, i])}
]

# selects(selector, labels): a label selector ({matchLabels, matchExpressions}) picks these labels. {} picks all; null
# and an unknown one pick nothing.
selects(selector, labels) if {
	is_object(selector)
	known(selector)
	matches_labels(object.get(selector, "matchLabels", {}), labels)
	every expression in as_array(object.get(selector, "matchExpressions", [])) {
		_expression_holds(expression, labels)
	}
}

# matches_labels(wanted, labels): every wanted label is there with that value (a Service's selector).
matches_labels(wanted, labels) if {
	is_object(wanted)
	every key, value in wanted {
		labels[key] == value
	}
}

matches_labels(wanted, _) if is_null(wanted)

_expression_holds(expression, labels) if {
	expression.operator == "In"
	labels[expression.key] in as_array(expression.values)
}

_expression_holds(expression, labels) if {
	expression.operator == "NotIn"
	not _label_in(labels, expression.key, as_array(expression.values))
}

_expression_holds(expression, labels) if {
	expression.operator == "Exists"
	present(labels, expression.key)
}

_expression_holds(expression, labels) if {
	expression.operator == "DoesNotExist"
	not present(labels, expression.key)
}

_label_in(labels, key, values) if labels[key] in values

# in_scope(labels): one of the labels or tags marks the cardholder data environment (settings: cde_labels; "*" is any
# value).
in_scope(labels) if {
	some key, value in _cde_labels
	_same_label(labels[key], value)
}

default _cde_labels := {"pci-scope": "true"}

_cde_labels := data.settings.cde_labels

_same_label(label, value) if lower(sprintf("%v", [label])) == lower(sprintf("%v", [value]))

_same_label(label, "*") if {
	known(label)
	label != null
}

# --- network ----------------------------------------------------------------------------------------------------------

# cidr_is_open(c): the range is the whole internet: 0.0.0.0/0, ::/0, any other spelling of them (10.1.2.3/0), a half of
# it (0.0.0.0/1 and 128.0.0.0/1 together are all of it), or one of the words for it.
cidr_is_open(c) if regex.match(`^[0-9a-fA-F.:]*/0*[01]$`, trim_space(text(c)))

cidr_is_open(c) if lower(trim_space(text(c))) in {"*", "any", "internet"}

# cidr_is_wide(c): the same, or so many public addresses that nobody is named: an IPv4 range wider than a /16, an IPv6
# range wider than a /32, but for what is never routed.
cidr_is_wide(c) if cidr_is_open(c)

cidr_is_wide(c) if {
	is_cidr(c)
	parts := split(text(c), "/")
	to_number(parts[1]) < _narrow[contains(c, ":")]
	not _is_unrouted(c)
}

_narrow := {false: 16, true: 32}

_unrouted := [
	"10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3",
	"fc00::/7", "fe80::/10", "ff00::/8",
]

_is_unrouted(c) if {
	some range in _unrouted
	contains(range, ":") == contains(c, ":")
	net.cidr_contains(range, c)
}

# the_internet(c): what to call such a range.
the_internet(c) := "the whole internet" if cidr_is_open(c)

the_internet(c) := "a large part of the internet" if not cidr_is_open(c)

# guarded_ports: those not to be open to everyone.
guarded_ports := array.concat(data.settings.admin_ports, data.settings.database_ports)

# is_cidr(c): a range in CIDR notation; ask before net.cidr_contains, which raises for anything else.
is_cidr(c) if net.cidr_is_valid(text(c))

# port_in_range(port, low, high): numbers or strings that are; an absent end never matches.
port_in_range(port, low, high) if {
	number(low) <= number(port)
	number(port) <= number(high)
}

# port_in_text(port, ranges): "22", "20-25", "*", "22,8000-8999" (Azure, GCP), or a list of such.
port_in_text(port, ranges) if {
	some item in as_array(ranges)
	some part in split(sprintf("%v", [item]), ",")
	_port_in_part(port, trim_space(part))
}

_port_in_part(_, part) if part == "*"

_port_in_part(port, part) if number(port) == number(part)

_port_in_part(port, part) if {
	ends := split(part, "-")
	count(ends) == 2
	port_in_range(port, trim_space(ends[0]), trim_space(ends[1]))
}

# --- account data -----------------------------------------------------------------------------------------------------

# name_is(element, name): the name of a column, key or variable says that it holds this element of account data
# (vocabulary/account_data.yaml).
name_is(element, name) if {
	regex.match(data.vocabulary[element].include, text(name))
	not _name_is_excluded(element, name)
}

_name_is_excluded(element, name) if {
	data.vocabulary[element].exclude != ""
	regex.match(data.vocabulary[element].exclude, name)
}

# --- TLS --------------------------------------------------------------------------------------------------------------

# Patterns are tried on lower-case text; a digit must not follow, or 2021-06 would be a version.
_tls_spellings := {
	`ssl[ _-]?v?2(?:[^0-9]|$)`: 0,
	`ssl[ _-]?v?3(?:[^0-9]|$)`: 1,
	`^1$|(?:^|[^0-9.])1[._-]0(?:[^0-9]|$)|tls[ _-]?v?10(?:[^0-9]|$)`: 2,
	`tls[ _-]?v?1(?:$|[^0-9._-]|[._-](?:[^0-9]|[0-9]{2}|$))`: 2,
	`(?:^|[^0-9.])1[._-]1(?:[^0-9]|$)|tls[ _-]?v?11(?:[^0-9]|$)`: 3,
	`(?:^|[^0-9.])1[._-]2(?:[^0-9]|$)|tls[ _-]?v?12(?:[^0-9]|$)`: 4,
	`(?:^|[^0-9.])1[._-]3(?:[^0-9]|$)|tls[ _-]?v?13(?:[^0-9]|$)`: 5,
}

# tls_version_rank(v): 0 SSLv2, 1 SSLv3, 2 TLS 1.0, 3 TLS 1.1, 4 TLS 1.2, 5 TLS 1.3, in any spelling: TLSv1.2, TLS1_2,
# TLS_1_2, 1.2, VersionTLS12, TLSv1.2_2021, ELBSecurityPolicy-TLS13-1-2-2021-06. The lowest if several are named;
# undefined if none is.
tls_version_rank(v) := min(ranks) if {
	spelled := lower(sprintf("%v", [_version_text(v)]))
	ranks := {rank | some pattern, rank in _tls_spellings; regex.match(pattern, spelled)}
	count(ranks) > 0
}

_version_text(v) := v if is_string(v)

_version_text(v) := v if is_number(v)

# tls_too_old(v): older than the settings' minimum_tls_version (1.2 if there is none). Not true for what names no version.
tls_too_old(v) if tls_version_rank(v) < tls_version_rank(_minimum_tls_version)

default _minimum_tls_version := "1.2"

_minimum_tls_version := data.settings.minimum_tls_version

# --- IAM --------------------------------------------------------------------------------------------------------------

# statements(policy): the statements of an IAM policy, as parsed JSON ({Statement: ...}) or as the config of a Terraform
# aws_iam_policy_document ({statement: [...]}), in one form: {effect, actions, not_actions, resources, not_resources,
# principals, not_principals, conditional, path}; `principals` are what "Principal" holds, as a list of strings, with
# the block form's identifiers likewise; `path` leads to the statement from the policy.
statements(policy) := array.concat(_json_statements(policy), _block_statements(policy))

_json_statements(policy) := [found |
	some indexed in _indexed(policy, "Statement")
	s := indexed.value
	found := {
		"effect": object.get(s, "Effect", ""),
		"actions": as_array(object.get(s, "Action", [])),
		"not_actions": as_array(object.get(s, "NotAction", [])),
		"resources": as_array(object.get(s, "Resource", [])),
		"not_resources": as_array(object.get(s, "NotResource", [])),
		"principals": _principals(object.get(s, "Principal", [])),
		"not_principals": _principals(object.get(s, "NotPrincipal", [])),
		"conditional": _holds(object.get(s, "Condition", {})),
		"path": indexed.path,
	}
]

_block_statements(policy) := [found |
	some indexed in _indexed(policy, "statement")
	s := indexed.value
	found := {
		"effect": object.get(s, "effect", "Allow"),
		"actions": as_array(object.get(s, "actions", [])),
		"not_actions": as_array(object.get(s, "not_actions", [])),
		"resources": as_array(object.get(s, "resources", [])),
		"not_resources": as_array(object.get(s, "not_resources", [])),
		"principals": _block_principals(s, "principals"),
		"not_principals": _block_principals(s, "not_principals"),
		"conditional": _holds(object.get(s, "condition", [])),
		"path": indexed.path,
	}
]

# The objects at a key that holds one or a list of them, each with its path.
_indexed(policy, key) := [{"value": policy[key], "path": [key]}] if {
	_is_known_object(policy[key])
} else := [{"value": value, "path": [key, i]} |
	value := policy[key][i]
	_is_known_object(value)
]

_is_known_object(v) if {
	is_object(v)
	known(v)
}

_holds(condition) := count([item | some item in as_array(condition); not item in [{}, null]]) > 0

_principals(principal) := [item | some group in principal; some item in as_array(group)] if {
	_is_known_object(principal)
} else := as_array(principal)

_block_principals(s, key) := [item |
	block := s[key][_]
	is_object(block)
	some item in as_array(object.get(block, "identifiers", []))
]

# allows(statement): it grants something.
allows(statement) if lower(text(statement.effect)) == "allow"

# action_matches(pattern, action): an action pattern ("s3:*", "s3:Get?bject", "*") covers an action. Case does not count.
action_matches(pattern, action) if glob.match(lower(text(pattern)), null, lower(action))

# action_is_everything(pattern): "*" or "*:*".
action_is_everything(pattern) if text(pattern) in {"*", "*:*", "**"}

# action_is_service_wide(pattern): "s3:*", and everything.
action_is_service_wide(pattern) if regex.match(`^[A-Za-z0-9-]+:\*+$`, text(pattern))

action_is_service_wide(pattern) if action_is_everything(pattern)

# allows_action(statement, action): an Allow whose actions cover this one.
allows_action(statement, action) if {
	allows(statement)
	action_matches(statement.actions[_], action)
}

# principal_is_everyone(principal): "*", {"AWS": "*"}, {"AWS": ["*", ...]}, "arn:aws:iam::*:root"; takes a Principal as
# it is written, or the `principals` of a statement.
principal_is_everyone(principal) if {
	some item in _principals(principal)
	regex.match(`^(?:\*+|arn:aws[a-z-]*:iam::\*+:.*)$`, text(item))
}

# lets_everyone_in(policy, statement): a statement of this policy (parsed JSON) allows something to everyone, and neither
# its condition nor a Deny of the same policy narrows who that is. That the connection must be encrypted narrows nobody.
lets_everyone_in(policy, statement) if {
	allows(statement)
	_for_everyone(statement)
	not _narrowed(_condition(policy, statement))
	not _fenced(policy, statement)
}

# may_let_everyone_in(policy, statement): it allows something without a known limit, and for whom, or under which
# condition, is known only at apply.
may_let_everyone_in(policy, statement) if {
	allows(statement)
	is_unknown(statement.principals[_])
	not _narrowed(_condition(policy, statement))
}

may_let_everyone_in(policy, statement) if {
	allows(statement)
	_for_everyone(statement)
	_condition_unknown(_condition(policy, statement))
}

_for_everyone(statement) if principal_is_everyone(statement.principals)

_for_everyone(statement) if count(statement.not_principals) > 0

_condition(policy, statement) := object.get(policy, array.concat(statement.path, ["Condition"]), {})

_condition_unknown(condition) if is_unknown(condition)

_condition_unknown(condition) if is_unknown(condition[_])

_narrowed(condition) if _condition_unknown(condition)

_narrowed(condition) if {
	_is_known_object(condition)
	some test, limits in condition
	not contains(lower(test), "not")
	_names_who(limits)
}

# Everyone but those who are named right is denied what the statement allows.
_fenced(policy, statement) if {
	some fence in statements(policy)
	lower(text(fence.effect)) == "deny"
	principal_is_everyone(fence.principals)
	condition := _condition(policy, fence)
	_is_known_object(condition)
	some test, limits in condition
	contains(lower(test), "not")
	_names_who(limits)
	every action in statement.actions {
		_covered(fence, action)
	}
}

_covered(statement, action) if action_matches(statement.actions[_], text(action))

_names_who(limits) if {
	is_object(limits)
	some key, values in limits
	not lower(key) in _how_not_who
	not _is_open_value(values)
}

_is_open_value(values) if {
	some value in as_array(values)
	cidr_is_open(value)
}

# Conditions on how or when, not on who.
_how_not_who := {
	"aws:securetransport",
	"aws:currenttime",
	"aws:epochtime",
	"aws:requestedregion",
	"s3:tlsversion",
	"s3:authtype",
	"s3:signatureversion",
	"s3:signatureage",
	"s3:x-amz-acl",
	"s3:x-amz-server-side-encryption",
	"s3:prefix",
	"s3:delimiter",
	"s3:max-keys",
	"sns:protocol",
}

# limits_nothing(policy, statement): what conditions it has speak of how or where it is asked, which gives no right away
# less: "everything, in one region" is everything.
limits_nothing(policy, statement) if {
	condition := _condition(policy, statement)
	_is_known_object(condition)
	every _, limits in condition {
		_is_known_object(limits)
		every key, _ in limits {
			lower(key) in {"aws:securetransport", "aws:requestedregion", "aws:currenttime", "aws:epochtime", "aws:viaawsservice"}
		}
	}
}

# --- SQL --------------------------------------------------------------------------------------------------------------

# sql_is_about(column): its type cannot hold the datum its name speaks of: a flag or a time.
sql_is_about(column) if regex.match(`(?i)^\s*(bool|bit\s*(\(\s*1\s*\))?\s*$|tinyint\s*\(\s*1\s*\)|date|time|interval|year)`, text(column.type))

# sql_is_binary(column): bytes, as ciphertext is kept.
sql_is_binary(column) if regex.match(`(?i)^\s*(bytea|blob|tinyblob|mediumblob|longblob|binary|varbinary|raw|long raw|image)`, text(column.type))

# sql_is_short(column): too short for a card number; at most a BIN or the last digits.
sql_is_short(column) if {
	number(column.length) < 12
}

# --- TLS cipher suites ------------------------------------------------------------------------------------------------

# cipher_forbidden(suite): the settings' forbidden_ciphers name it. What a cipher string offers: lib/tls.rego.
cipher_forbidden(suite) if {
	some pattern in data.settings.forbidden_ciphers
	regex.match(pattern, text(suite))
}

# --- secrets ----------------------------------------------------------------------------------------------------------

# secret_name(name): a variable or key of this name holds a secret, and not something about one.
secret_name(name) if {
	regex.match(`(?i)(?:^|[-_.])(?:[a-z0-9]*password|passwd|passphrase|pwd|secret|api[-_]?key|apikey|secret[-_]?key|access[-_]?key|private[-_]?key|encryption[-_]?key|signing[-_]?key|auth[-_]?token|access[-_]?token|bearer[-_]?token|client[-_]?secret|token)$`, text(name))
	not regex.match(`(?i)(?:publishable|public|csrf|xsrf)`, name)
}

# secret_value(value): a literal that can be a secret: no reference, path, address, placeholder, flag or number.
secret_value(value) if {
	count(trim_space(text(value))) >= 6
	not regex.match(`^\s*(?:\$\(|\$\{|\{\{|<|%|/|\./|https?://|arn:|vault:|ref\+|projects/|file:|env:|sm://|ssm:|op://|AQICAH)`, value)
	not regex.match(`^[0-9.]+$`, value)
	not regex.match(`(?i)^(?:(?:mock|dummy|fake)[-_ ].*|true|false|none|null|changeme|change[-_]me|example|placeholder|redacted|x+|\*+|todo|required|optional|disabled|enabled|strong|default|your[-_ ].*|.*[-_]here|replace[-_ ].*)$`, value)
}

# no_secret_name(name): what a store of secrets keeps under this name goes with a secret, and is none.
no_secret_name(name) if regex.match(`(?i)(?:user(?:[-_]?name)?|login|host(?:name)?|server|url|uri|endpoint|database|port|name|region|id|fqdn|address|e?mail|sender|version)$`, text(name))

# no_secret_text(value): what anybody may read: a certificate, a public key, the address of a mailbox.
no_secret_text(value) if regex.match(`^\s*(?:-----BEGIN (?:CERTIFICATE|[A-Z ]*PUBLIC KEY)-|[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\s*$)`, text(value))

# in_cluster_only(ingress): its class says that only the cluster's own network reaches it.
in_cluster_only(ingress) if regex.match(`(?i)internal|private`, text(ingress.config.spec.ingressClassName))
