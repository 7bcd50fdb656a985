# METADATA
# title: MySQL talks without TLS
# custom: {confidence: high, applies_to: {mysql: [server, client]}}
package paylint.rules.cleartext_transport.mysql

import data.paylint.keyed
import data.paylint.lib
import data.paylint.servers

# What a server's section says about TLS: option -> what its being off means.
options := {
	"require_secure_transport": "clients may leave TLS out",
	"ssl": "the server offers no TLS",
	"admin_ssl": "the administrative port offers no TLS",
}

negations := {"skip_ssl", "disable_ssl"}

speaks(s) if lib.known(s.config[object.keys(options)[_]])

speaks(s) if lib.known(s.config[negations[_]])

speaks(s) if lib.known(s.config[["tls_version", "group_replication_ssl_mode"][_]])

applies contains s.id if {
	s := input.mysql.server[_]
	speaks(s)
}

applies contains c.id if {
	c := input.mysql.client[_]
	lib.known(c.config[["ssl_mode", "ssl", "skip_ssl", "disable_ssl", "host"][_]])
}

deny contains {"subject": s.id, "path": [option], "msg": msg} if {
	s := input.mysql.server[_]
	some option, effect in options
	keyed.off(s.config[option])
	not servers.mysql_local(s)
	msg := sprintf("`%s` is off: %s, and account data crosses the network in clear text; write require_secure_transport = ON", [option, effect])
}

deny contains {"subject": s.id, "path": [option], "msg": msg} if {
	s := input.mysql.server[_]
	some option in negations
	keyed.on(s.config[option])
	not servers.mysql_local(s)
	msg := sprintf("`%s` takes TLS away from every connection; leave it out and write require_secure_transport = ON", [option])
}

deny contains {"subject": s.id, "path": ["tls_version"], "msg": msg} if {
	s := input.mysql.server[_]
	s.config.tls_version == ""
	not servers.mysql_local(s)
	msg := "an empty `tls_version` switches TLS off; name TLSv1.2 and TLSv1.3"
}

deny contains {"subject": s.id, "path": ["group_replication_ssl_mode"], "msg": msg} if {
	s := input.mysql.server[_]
	upper(lib.text(s.config.group_replication_ssl_mode)) == "DISABLED"
	msg := "the members of the group exchange rows in clear text; write group_replication_ssl_mode = VERIFY_IDENTITY"
}

remote(c) if not keyed.is_local(object.get(c.config, "host", "remote.example"))

deny contains {"subject": c.id, "path": ["ssl_mode"], "msg": msg} if {
	c := input.mysql.client[_]
	upper(lib.text(c.config.ssl_mode)) == "DISABLED"
	remote(c)
	msg := "this client never uses TLS; write ssl-mode = VERIFY_IDENTITY"
}

deny contains {"subject": c.id, "path": [option], "msg": msg} if {
	c := input.mysql.client[_]
	some option in negations
	keyed.on(c.config[option])
	remote(c)
	msg := sprintf("`%s`: this client never uses TLS; write ssl-mode = VERIFY_IDENTITY", [option])
}

deny contains {"subject": c.id, "path": ["ssl"], "msg": msg} if {
	c := input.mysql.client[_]
	keyed.off(c.config.ssl)
	remote(c)
	msg := "`ssl` is off: this client never uses TLS; write ssl-mode = VERIFY_IDENTITY"
}

unknown contains {"subject": s.id, "reason": "whether TLS is on is given by a variable"} if {
	some type in ["server", "client"]
	s := input.mysql[type][_]
	some option in ["require_secure_transport", "ssl", "skip_ssl", "ssl_mode"]
	lib.is_unknown(s.config[option])
}
