# What rules about Apache httpd share: `import data.paylint.apache`. Names of directives are in lower case.
#
# METADATA
# title: Helpers for paylint's rules about Apache
package paylint.apache

import data.paylint.hosts
import data.paylint.lib

# levels: everything that has settings. What a level inherits, its config holds with the place where it is written, so
# that the same fault of the main server is one finding for all virtual hosts.
levels contains r if {
	some type in ["server", "virtual_host", "location"]
	r := input.apache[type][_]
}

# set(r, name): the directive is in effect.
set(r, name) if r.config.directives[name][_]

# in_force(r, name): {i, words} of the last one: that is what counts where a directive is repeated.
in_force(r, name) := {"i": i, "words": found[i]} if {
	found := lib.as_array(r.config.directives[name])
	i := count(found) - 1
	i >= 0
}

# flag(r, name): its first argument in lower case.
flag(r, name) := lower(lib.text(in_force(r, name).words[0]))

# unsure(r): what is absent may stand in a file that is not here.
unsure(r) if {
	file := r.config.missing[_]
	not endswith(lib.text(file), _certbot)
}

# What certbot puts on a machine is known: TLS on, with current versions and suites.
_certbot := "/letsencrypt/options-ssl-apache.conf"

# speaks_tls(r): clients speak TLS to it.
speaks_tls(r) if flag(r, "sslengine") == "on"

speaks_tls(r) if set_by_certbot(r)

# set_by_certbot(r): its versions and suites are those that certbot writes.
set_by_certbot(r) if endswith(lib.text(r.config.missing[_]), _certbot)

# --- where requests go ------------------------------------------------------------------------------------------------

# passes: {r, subject, path, url}: requests are passed on to a URL.
passes contains entry if {
	r := levels[_]
	some name in ["proxypass", "proxypassmatch", "balancermember"]
	words := r.config.directives[name][i]
	words[j]
	j <= 1
	not j == _first_is_path(words)
	not startswith(lib.text(words[j]), "!")
	not contains(lib.text(words[j]), "=")
	entry := {"r": r, "subject": r.id, "path": ["directives", name, i, j], "url": words[j]}
}

# RewriteRule ^/(.*)$ http://backend/$1 [P]
passes contains entry if {
	r := levels[_]
	words := r.config.directives.rewriterule[i]
	regex.match(`(?i)^\[(?:.*,)?(?:P|proxy)(?:,.*)?\]$`, lib.text(words[2]))
	entry := {"r": r, "subject": r.id, "path": ["directives", "rewriterule", i, 1], "url": words[1]}
}

# The path of clients stands before the URL, but for sections, and balancers' members.
_first_is_path(words) := 0 if not contains(lib.text(words[0]), "://")

# host(pass): the host it goes to; undefined where a variable decides, and for balancers, whose members are judged.
host(pass) := found.host if {
	found := hosts.url(pass.url)
	found.scheme in {"http", "https", "h2", "h2c", "ws", "wss", "ajp", "fcgi", "scgi", "uwsgi"}
	not contains(pass.url, "unix:")
}

# encrypted(pass): with TLS.
encrypted(pass) if hosts.scheme(pass.url) in {"https", "wss", "h2"}

# --- what a virtual host answers --------------------------------------------------------------------------------------

# answers(v): it gives out content, and does not only send clients elsewhere.
answers(v) if {
	not sends_away(v.config.directives)
	_has_content(v)
}

_has_content(v) if {
	some name in ["documentroot", "proxypass", "proxypassmatch", "wsgiscriptalias", "alias", "scriptalias", "passengerapproot"]
	name in v.config.own
}

_has_content(v) if {
	section := v.config.sections[_]
	section.directives.proxypass[_]
}

# sends_away(directives): a redirect to HTTPS, by mod_alias or mod_rewrite, or nobody gets anything.
sends_away(directives) if {
	words := directives[_redirects[_]][_]
	regex.match(`(?i)^https://`, lib.text(words[count(lib.as_array(words)) - 1]))
}

sends_away(directives) if {
	words := directives.rewriterule[_]
	regex.match(`(?i)^https://`, lib.text(words[1]))
}

_redirects := ["redirect", "redirectpermanent", "redirectmatch", "redirecttemp"]

# on_port_80(v): indexes of addresses in clear that other machines reach.
on_port_80(v) := [i |
	address := v.config.addresses[i]
	address.port == "80"
	not _only_here(address.address)
]

_only_here(address) if {
	not address in {"0.0.0.0", "[::]"}
	hosts.here(trim(lib.text(address), "[]"))
}

_only_here(address) if hosts.inside(trim(lib.text(address), "[]"))
