# What servers' TLS settings mean, whatever they are written in: `import data.paylint.tls`. How old a single version is
# says `lib.tls_too_old`.
#
# METADATA
# title: OpenSSL's cipher strings and lists of protocols
package paylint.tls

import data.paylint.lib

# --- versions ---------------------------------------------------------------------------------------------------------

# old_versions(names): those in a list of protocol names (nginx's ssl_protocols) that are too old.
old_versions(names) := [name | some name in lib.as_array(names); lib.tls_too_old(name)]

# apache_versions(words): the protocols that an SSLProtocol of Apache accepts. Words are taken from left to right: "+x"
# adds, "-x" takes away, "x" alone begins anew; "all" is TLS 1.0 to 1.3.
apache_versions(words) := [version |
	some version in ["SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
	mentions := [i | word := lib.text(words[i]); i >= _begins(words); _speaks_of(word, version)]
	count(mentions) > 0
	not startswith(words[max(mentions)], "-")
]

_begins(words) := max(array.concat([0], [i | word := lib.text(words[i]); not regex.match(`^[-+]`, word)]))

_speaks_of(word, version) if lower(trim_left(word, "+-")) == lower(version)

_speaks_of(word, version) if {
	lower(trim_left(word, "+-")) == "all"
	startswith(version, "TLS")
}

# --- ciphers ----------------------------------------------------------------------------------------------------------

# weak_ciphers(v): what an OpenSSL cipher string, or a comma-separated list, offers (lib.cipher_suites) and the settings'
# forbidden_ciphers forbid. A keyword that stands for weak suites among others ("ALL") is one of them unless all of these
# are taken away again.
weak_ciphers(v) := [suite |
	some suite in lib.cipher_suites(v)
	_is_weak(suite, taken_away(v))
]

# taken_away(v): the keywords after "!" and "-", in upper case.
taken_away(v) := {upper(substring(part, 1, -1)) |
	some part in regex.split(`[:,; ]+`, trim(lib.text(v), `"'`))
	regex.match(`^[-!]`, part)
}

_is_weak(suite, away) if {
	lib.cipher_forbidden(suite)
	not _is_away(suite, away)
}

_is_weak(suite, away) if {
	some family in _stands_for[upper(suite)]
	not _family_is_away(family, away)
}

_is_away(suite, away) if upper(suite) in away

_is_away(suite, away) if {
	some family, pattern in _families
	regex.match(pattern, suite)
	_family_is_away(family, away)
}

_family_is_away(family, away) if count(_taken_by[family] & away) > 0

# Anonymous suites are two families.
_family_is_away("ANULL", away) if {
	"ADH" in away
	"AECDH" in away
}

# Keywords whose suites are weak in part: HIGH is not among them, DEFAULT neither.
_stands_for := {
	"ALL": {"ANULL", "EXPORT", "DES", "RC4", "3DES"},
	"MEDIUM": {"RC4", "3DES"},
	"COMPLEMENTOFALL": {"ENULL"},
	"COMPLEMENTOFDEFAULT": {"ANULL", "RC4"},
	"SSLV2": {"EXPORT", "DES", "RC4"},
}

_families := {
	"RC4": `(?i)rc4`,
	"3DES": `(?i)3des|des-cbc3`,
	"DES": `(?i)(?:^|[-_+])des-cbc-|^des$|^low$`,
	"EXPORT": `(?i)(?:^|[-_+])exp`,
	"ANULL": `(?i)anull|adh|aecdh|anon`,
	"ENULL": `(?i)(?:^|[-_+])e?null`,
	"MD5": `(?i)md5$`,
}

# family -> the keywords that take it away.
_taken_by := {
	"RC4": {"RC4", "MEDIUM", "ALL"},
	"3DES": {"3DES", "MEDIUM", "ALL"},
	"DES": {"DES", "LOW", "ALL"},
	"EXPORT": {"EXP", "EXPORT", "EXPORT40", "ALL"},
	"ANULL": {"ANULL", "ALL"},
	"ENULL": {"ENULL", "NULL"},
	"MD5": {"MD5"},
}
