# Connection strings: `import data.paylint.connections`.
#
# METADATA
# title: Secrets in connection strings
package paylint.connections

import data.paylint.lib

# holds_secret(v): a connection string with a password or key written out in it: "Server=x;Password=y", or
# "redis://:y@host". Of one that only apply knows in full, what is written counts.
holds_secret(v) if _spells_secret(lib.text(v))

holds_secret(v) if _spells_secret(lib.text(v.text))

_spells_secret(text) if {
	found := regex.find_all_string_submatch_n(`(?i)(?:^|[;,{ ])(?:password|pwd|account_?key|shared_?access_?key|client_?secret|shared_?secret)\s*=\s*["']?([^;,"'}\s]+)`, text, -1)[_]
	lib.secret_value(found[1])
}

_spells_secret(text) if {
	found := regex.find_all_string_submatch_n(`(?i)^[a-z][a-z0-9+.-]*://[^\s:/@$]*:([^\s@/$]+)@[^\s/@]`, text, 1)[_]
	lib.secret_value(found[1])
}
