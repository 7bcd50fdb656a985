# METADATA
# title: A password stands in Redis's configuration in plain text
# custom: {confidence: medium, applies_to: {redis: [server, user]}}
package paylint.rules.plaintext_secret.redis

import data.paylint.keyed
import data.paylint.lib

names := ["requirepass", "masterauth", "primaryauth", "tls-key-file-pass", "tls-client-key-file-pass"]

applies contains s.id if {
	s := input.redis.server[_]
	some name in array.concat(names, ["sentinel"])
	lib.present(s.config, name)
}

applies contains u.id if u := input.redis.user[_]

deny contains {"subject": s.id, "path": [name], "msg": msg} if {
	s := input.redis.server[_]
	some name in names
	keyed.password_literal(s.config[name])
	msg := sprintf("the value of `%s` stands here in clear text and so in version control; put it in when the server is deployed", [name])
}

deny contains {"subject": s.id, "path": ["sentinel", i], "msg": msg} if {
	s := input.redis.server[_]
	some i, line in lib.as_array(s.config.sentinel)
	words := split(lib.text(line), " ")
	lower(words[0]) in {"auth-pass", "sentinel-pass"}
	keyed.password_literal(words[count(words) - 1])
	msg := "the password of the watched servers stands here in clear text and so in version control; put it in when the server is deployed"
}

deny contains {"subject": u.id, "path": ["rules", i], "msg": msg} if {
	u := input.redis.user[_]
	rule := u.config.rules[i]
	startswith(lib.text(rule), ">")
	keyed.password_literal(trim_prefix(rule, ">"))
	msg := sprintf("the password of `%s` stands here in clear text; write its hash (#…), and put that in when the server is deployed", [u.config.name])
}
