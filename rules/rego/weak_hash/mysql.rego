# METADATA
# title: MySQL keeps passwords as SHA-1
# custom: {confidence: high, applies_to: {mysql: [server]}}
package paylint.rules.weak_hash.mysql

import data.paylint.keyed
import data.paylint.lib

names := ["default_authentication_plugin", "authentication_policy", "mysql_native_password", "old_passwords", "secure_auth"]

applies contains s.id if {
	s := input.mysql.server[_]
	some name in names
	lib.present(s.config, name)
	lib.known(s.config[name])
}

deny contains {"subject": s.id, "path": [name], "msg": msg} if {
	s := input.mysql.server[_]
	some name in ["default_authentication_plugin", "authentication_policy"]
	some plugin in keyed.listed(s.config[name])
	lower(plugin) in {"mysql_native_password", "mysql_old_password"}
	msg := sprintf("`%s` keeps passwords as SHA-1 without salt; use caching_sha2_password", [plugin])
}

deny contains {"subject": s.id, "path": ["mysql_native_password"], "msg": msg} if {
	s := input.mysql.server[_]
	keyed.on(s.config.mysql_native_password)
	msg := "`mysql_native_password` keeps passwords as SHA-1 without salt; leave it off and use caching_sha2_password"
}

deny contains {"subject": s.id, "path": ["old_passwords"], "msg": msg} if {
	s := input.mysql.server[_]
	keyed.on(s.config.old_passwords)
	msg := "`old_passwords` keeps passwords in a form that is tried out in seconds; leave it off"
}

deny contains {"subject": s.id, "path": ["secure_auth"], "msg": msg} if {
	s := input.mysql.server[_]
	keyed.off(s.config.secure_auth)
	msg := "`secure_auth` is off: passwords in the form of MySQL 4.0 are taken; leave it on"
}

unknown contains {"subject": s.id, "reason": "how passwords are kept is given by a variable"} if {
	s := input.mysql.server[_]
	lib.is_unknown(s.config[names[_]])
}
