# METADATA
# title: Redis takes commands from anyone
# custom: {confidence: medium, applies_to: {redis: [server, user]}}
package paylint.rules.authentication_off.redis

import data.paylint.keyed
import data.paylint.lib
import data.paylint.servers

applies contains s.id if s := input.redis.server[_]

applies contains u.id if u := input.redis.user[_]

# Whether logins are asked for: here, in a file that is included, or by the ACL's users.
has_password(s) if s.config.requirepass != ""

has_password(s) if lib.present(s.config, ["aclfile", "include"][_])

has_password(_) if count(input.redis.user) > 0

open_network(s) if servers.redis_remote(s)

open_network(s) if {
	not lib.present(s.config, "bind")
	keyed.off(s.config["protected-mode"])
}

deny contains {"subject": s.id, "path": ["protected-mode"], "msg": msg} if {
	s := input.redis.server[_]
	not servers.redis_is_sentinel(s)
	keyed.off(s.config["protected-mode"])
	open_network(s)
	not has_password(s)
	msg := "protected mode is off and no password is set: whoever reaches the port reads and changes everything; define ACL users, or requirepass"
}

# Up to version 6 a `bind` line switches protected mode off.
deny contains {"subject": s.id, "path": ["bind"], "msg": msg} if {
	s := input.redis.server[_]
	not servers.redis_is_sentinel(s)
	not keyed.off(s.config["protected-mode"])
	servers.redis_remote(s)
	not has_password(s)
	msg := "the server listens on the network and no password is set; define ACL users, or requirepass"
}

# Of a watcher it can be learned, and told, who the primary is.
deny contains {"subject": s.id, "path": ["protected-mode"], "msg": msg, "confidence": "low"} if {
	s := input.redis.server[_]
	servers.redis_is_sentinel(s)
	keyed.off(s.config["protected-mode"])
	not has_password(s)
	msg := "protected mode is off and no password is set: anyone may tell the sentinel which server is the primary; set requirepass"
}

deny contains {"subject": u.id, "path": ["rules", i], "msg": msg} if {
	u := input.redis.user[_]
	rule := u.config.rules[i]
	lower(lib.text(rule)) == "nopass"
	on := u.config.rules[_]
	lower(lib.text(on)) == "on"
	grant := u.config.rules[_]
	reads_data(lower(lib.text(grant)))
	msg := sprintf("`%s` logs in with any password; give it one (>…, or its hash #…), or switch the user off", [u.config.name])
}

harmless := {"+ping", "+info", "+hello", "+auth", "+role", "+echo", "+time", "+client|setname", "+multi", "+subscribe"}

reads_data(grant) if grant == "allcommands"

reads_data(grant) if {
	startswith(grant, "+")
	not grant in harmless
}

unknown contains {"subject": s.id, "reason": "its addresses are given by a variable"} if {
	s := input.redis.server[_]
	not has_password(s)
	some key in ["bind", "protected-mode"]
	lib.is_unknown(s.config[key])
}
