# What rules about nginx share: `import data.paylint.nginx`.
#
# METADATA
# title: Helpers for paylint's rules about nginx
package paylint.nginx

import data.paylint.hosts
import data.paylint.lib

# levels: everything that has settings. What a level inherits, its config holds with the place where it is written, so
# that the same fault of `http` is one finding for all its servers.
levels contains r if {
	some type in ["settings", "server", "location"]
	r := input.nginx[type][_]
}

# serving: where settings of the server's own TLS matter.
serving contains r if {
	some type in ["settings", "server"]
	r := input.nginx[type][_]
}

# flag(r, name): the only argument of a directive, in lower case: "on", "off".
flag(r, name) := lower(lib.text(words[0])) if words := r.config.directives[name][_]

# set(r, name): the directive is in effect.
set(r, name) if r.config.directives[name][_]

# unsure(r): what is absent may stand in a file that is not here. What certbot puts on a machine is known: current
# versions and suites, and nothing else.
unsure(r) if {
	file := r.config.missing[_]
	not endswith(lib.text(file), _certbot)
}

_certbot := "/letsencrypt/options-ssl-nginx.conf"

# set_by_certbot(s): its versions and suites are those that certbot writes.
set_by_certbot(s) if endswith(lib.text(s.config.missing[_]), _certbot)

# speaks_tls(s): the server accepts TLS on one of its addresses.
speaks_tls(s) if s.config.listen[_].tls == true

# --- where requests go ------------------------------------------------------------------------------------------------

# Directive -> its prefix for TLS settings, the scheme that means TLS and the one that does not.
_passes := {
	"proxy_pass": {"prefix": "proxy", "tls": "https", "plain": "http"},
	"grpc_pass": {"prefix": "grpc", "tls": "grpcs", "plain": "grpc"},
	"uwsgi_pass": {"prefix": "uwsgi", "tls": "suwsgi", "plain": "uwsgi"},
	"fastcgi_pass": {"prefix": "fastcgi", "tls": "", "plain": "fastcgi"},
	"scgi_pass": {"prefix": "scgi", "tls": "", "plain": "scgi"},
}

# passes: {r, subject, path, value, prefix, tls}: a location passes requests on, with or without TLS.
passes contains pass if {
	r := input.nginx.location[_]
	some directive, kind in _passes
	value := r.config.directives[directive][i][0]
	pass := {
		"r": r,
		"subject": r.id,
		"path": ["directives", directive, i],
		"value": value,
		"prefix": kind.prefix,
		"tls": _with_tls(value, kind),
	}
}

_with_tls(value, kind) if hosts.scheme(value) == kind.tls

_with_tls(value, kind) := false if hosts.scheme(value) == kind.plain

# Without a scheme it is the plain one.
_with_tls(value, kind) := false if {
	not contains(lib.text(value), "://")
	not startswith(lib.text(value), "$")
	kind.prefix != "proxy"
}

# hosts_of(pass): the hosts it goes to: those of the upstream where it names one. Empty where a variable decides, or a
# socket is meant.
hosts_of(pass) := found if {
	found := {host | server := _upstream(_host(pass.value)).config.directives.server[_][0]; host := hosts.name(server)}
	count(found) > 0
} else := {host | host := _host(pass.value)}

_host(value) := hosts.url(value).host

_host(value) := hosts.name(value) if not contains(lib.text(value), "://")

_upstream(host) := [r | r := input.nginx.upstream[_]; lower(r.name) == host][0]

# decided_later(pass): a variable or a template says where it goes.
decided_later(pass) if lib.is_unknown(pass.value)

decided_later(pass) if regex.match(`^(?:[A-Za-z0-9+]+://)?[^/]*\$`, lib.text(pass.value))

# --- what a server answers --------------------------------------------------------------------------------------------

# answers(s): the server answers requests with content, on every address alike.
answers(s) if {
	s.config.context == "http"
	not _turned_away(s)
	_has_content(s)
}

# Everything is answered with a redirect or refused.
_turned_away(s) if _refuses(s.config.directives)

_turned_away(s) if {
	condition := s.config.conditions[_]
	regex.match(`(?i)scheme|https|forwarded_proto|server_port|ssl`, concat(" ", [word | word := lib.text(condition.match[_])]))
	_refuses(condition.directives)
}

# 2xx is an answer; a redirect counts if it does not stay in the clear.
_refuses(directives) if {
	words := directives["return"][_]
	not regex.match(`^2`, lib.text(words[0]))
	not regex.match(`(?i)^http://|^\$http_|^/`, _target(words))
}

_refuses(directives) if regex.match(`(?i)^https://`, lib.text(directives.rewrite[_][1]))

_refuses(directives) if directives.deny[_][0] == "all"

_target(words) := lib.text(words[count(lib.as_array(words)) - 1])

_has_content(s) if {
	location := s.config.locations[_]
	not _is_incidental(location)
	not _refuses(location.directives)
	not _internal(location.directives)
}

_has_content(s) if {
	count(lib.as_array(s.config.locations)) == 0
	some name in ["root", "try_files", "proxy_pass"]
	own := s.config.own[_]
	own == name
}

_internal(directives) if directives.internal[_]

_internal(directives) if directives.stub_status[_]

# Challenges of certificate authorities, probes, error pages, named locations: nothing of the application.
_is_incidental(location) if {
	words := [word | word := lib.text(location.match[_])]
	regex.match(`(?i)well-known|acme|health|ready|alive|livez|/ping|/status|nginx_?status|metrics|favicon|robots\.txt|/?[45][0-9x]{2}\.html|^@|/\\?\.(?:ht|git|svn|env)|/\\\.`, concat(" ", words))
}

# open_plain(s): indexes of the addresses that accept plain HTTP from elsewhere, on HTTP's own port.
open_plain(s) := [i |
	address := s.config.listen[i]
	address.tls == false
	address.port == 80
	not _closed(address.address)
]

_closed(address) if {
	not trim(lib.text(address), "[]") in {"0.0.0.0", "::", ""}
	hosts.here(trim(lib.text(address), "[]"))
}

_closed(address) if hosts.inside(trim(lib.text(address), "[]"))
