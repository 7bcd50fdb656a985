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

# A cipher string is read as OpenSSL reads it, and lists of suites likewise: "!x" takes away for good, "-x" only what was
# named before it, "+x" moves what is there to the end, "a+b" is what is in both, "@STRENGTH" is no suite. Case counts in
# what is taken away: "!rc4" does nothing. The items of a list are one string, and Envoy's "[a|b]" is two suites.

# suites(v): the suites and keywords that are offered.
suites(v) := [word.text | some word in _offered(_words(v))]

# weak_ciphers(v): those of them that the settings' forbidden_ciphers forbid. A keyword that stands for weak suites among
# others ("ALL") is one of them unless all of these are taken away again.
weak_ciphers(v) := [word.text | some word in weak_words(v)]

# weak_words(v): the same as {text, item}: the item of a list it stands in.
weak_words(v) := [{"text": word.text, "item": word.item} |
	some word in _offered(_words(v))
	_is_weak(word)
]

_words(v) := [{"text": text, "item": i} |
	some i, item in lib.as_array(v)
	some raw in regex.split(`[:,;\s\[\]|]+`, lib.text(item))
	text := split(trim(raw, `"'`), "@")[0]
	text != ""
]

_offered(words) := [{"text": word.text, "item": word.item, "away": away} |
	some at, word in words
	regex.match(`^[A-Za-z0-9]`, word.text)
	away := [split(substring(other.text, 1, -1), "+") | some i, other in words; _takes_away(other.text, i, at)]
	not _is_away(word.text, away)
]

_takes_away(text, _, _) if startswith(text, "!")

_takes_away(text, i, at) if {
	startswith(text, "-")
	i > at
}

_is_away(suite, away) if {
	some keywords in away
	every keyword in keywords {
		_is_of(suite, keyword)
	}
}

_is_weak(word) if lib.cipher_forbidden(word.text)

_is_weak(word) if {
	some family in _stands_for[word.text]
	not _family_is_away(family, word.away)
}

_family_is_away(family, away) if {
	some keywords in away
	count(keywords) == 1
	keywords[0] in _taken_by[family]
}

# Anonymous suites are two families.
_family_is_away("aNULL", away) if {
	["ADH"] in away
	["AECDH"] in away
}

# Keywords whose suites are weak in part: HIGH is not among them, DEFAULT neither.
_stands_for := {
	"ALL": {"aNULL", "EXPORT", "DES", "RC4", "3DES"},
	"MEDIUM": {"RC4", "3DES"},
	"COMPLEMENTOFALL": {"eNULL"},
	"COMPLEMENTOFDEFAULT": {"aNULL", "RC4"},
	"SSLv2": {"EXPORT", "DES", "RC4"},
}

# family -> the keywords that take it away.
_taken_by := {
	"RC4": {"RC4", "MEDIUM", "ALL"},
	"3DES": {"3DES", "MEDIUM", "ALL"},
	"DES": {"DES", "LOW", "ALL"},
	"EXPORT": {"EXP", "EXPORT", "EXPORT40", "ALL"},
	"aNULL": {"aNULL", "ALL"},
	"eNULL": {"eNULL", "NULL"},
}

# _is_of(suite, keyword): all that a suite or keyword stands for is of the keyword. DES is not 3DES, and RSA is how keys
# are exchanged, not who is who.
_is_of(suite, keyword) if keyword in split(suite, "+")

_is_of(suite, keyword) if regex.match(_members[keyword], suite)

_is_of(suite, "MEDIUM") if {
	regex.match(`(?i)rc4|3des|des-cbc3|seed|idea`, suite)
	not regex.match(_members.EXPORT, suite)
}

_is_of(suite, "ALL") if not regex.match(_members.NULL, suite)

_members := {
	"RC4": `(?i)rc4`,
	"RC2": `(?i)rc2`,
	"3DES": `(?i)3des|des-cbc3`,
	"DES": `(?i)(?:^|[-_+])des-cbc-|with_des_|^des$|^low$`,
	"LOW": `(?i)(?:^|[-_+])des-cbc-|with_des_|^des$|^low$`,
	"EXP": `(?i)(?:^|[-_+])exp`,
	"EXPORT": `(?i)(?:^|[-_+])exp`,
	"EXPORT40": `(?i)^exp-|_export_`,
	"EXPORT56": `(?i)^exp1024|_export1024_`,
	"aNULL": `(?i)anull|adh|aecdh|anon`,
	"ADH": `(?i)^adh(?:-|$)|_dh_anon`,
	"AECDH": `(?i)^aecdh(?:-|$)|_ecdh_anon`,
	"eNULL": `(?i)(?:^|[-_+])e?null`,
	"NULL": `(?i)(?:^|[-_+])e?null`,
	"MD5": `(?i)md5$`,
	"SHA": `(?i)[-_]sha$`,
	"SHA1": `(?i)[-_]sha$`,
	"ECDHE": _ephemeral_curve,
	"EECDH": _ephemeral_curve,
	"kECDHE": _ephemeral_curve,
	"kEECDH": _ephemeral_curve,
	"DHE": _ephemeral,
	"EDH": _ephemeral,
	"kDHE": _ephemeral,
	"kEDH": _ephemeral,
	"RSA": _by_rsa,
	"kRSA": _by_rsa,
	"aRSA": `(?i)rsa|^(?:exp-|exp1024-)?(?:rc4|rc2|des|idea|seed|null)-`,
	"ECDSA": `(?i)ecdsa`,
	"aECDSA": `(?i)ecdsa`,
	"DSS": `(?i)dss`,
	"aDSS": `(?i)dss`,
	"PSK": `(?i)psk`,
	"SRP": `(?i)^(?:tls_)?srp`,
}

_ephemeral_curve := `(?i)^(?:tls_)?ecdhe[-_]|(?:^|\+)k?(?:eecdh|ecdhe)(?:\+|$)`

_ephemeral := `(?i)^(?:tls_|exp-|exp1024-)?(?:dhe|edh)[-_]|(?:^|\+)k?(?:edh|dhe)(?:\+|$)`

_by_rsa := `(?i)^(?:tls|ssl)_rsa_|^(?:exp-|exp1024-)?(?:rc4|rc2|des|idea|seed|null)-|(?:^|\+)k?rsa(?:\+|$)`
