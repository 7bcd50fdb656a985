# METADATA
# title: A Compose service lets clients in without authentication
# custom: {severity: medium, confidence: medium, applies_to: {compose: [service]}}
package paylint.rules.authentication_off.compose

import data.paylint.blocks
import data.paylint.lib

applies contains s.id if {
	s := input.compose.service[_]
	speaks(s)
}

speaks(s) if s.config.variables[_].name in object.keys(switches)

speaks(s) if store(s)

# Variables of published images that switch authentication off: name -> the values, in lower case, that do it.
switches := {
	"POSTGRES_HOST_AUTH_METHOD": `^trust$`,
	"MYSQL_ALLOW_EMPTY_PASSWORD": `.`,
	"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": `.`,
	"MARIADB_ALLOW_EMPTY_PASSWORD": `.`,
	"ALLOW_EMPTY_PASSWORD": `^(?:yes|true|1)$`,
	"ALLOW_ANONYMOUS_LOGIN": `^(?:yes|true|1)$`,
	"xpack.security.enabled": `^false$`,
	"DISABLE_SECURITY_PLUGIN": `^true$`,
	"plugins.security.disabled": `^true$`,
	"NEO4J_AUTH": `^none$`,
	"NEO4J_dbms_security_auth__enabled": `^false$`,
	"ME_CONFIG_BASICAUTH": `^false$`,
	"INFLUXDB_HTTP_AUTH_ENABLED": `^false$`,
	"PGADMIN_CONFIG_SERVER_MODE": `^["']?false["']?$`,
	"GF_AUTH_ANONYMOUS_ENABLED": `^true$`,
	"RABBITMQ_LOOPBACK_USERS_GUEST": `^false$`,
	"WEAVIATE_AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED": `^true$`,
	"AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED": `^true$`,
	"CLICKHOUSE_SKIP_USER_SETUP": `^(?:1|true)$`,
}

deny contains {"subject": s.id, "path": ["variables", i, "value"], "msg": msg} if {
	s := input.compose.service[_]
	variable := s.config.variables[i]
	pattern := switches[variable.name]
	lib.known(variable.value)
	regex.match(pattern, blocks.spelled(variable.value))
	msg := sprintf("`%v` lets every client in that reaches the port, without saying who it is; leave it out and set a password from a secret", [variable.name])
}

unknown contains {"subject": s.id, "reason": "a switch of authentication comes from a variable"} if {
	s := input.compose.service[_]
	variable := s.config.variables[_]
	variable.name in object.keys(switches)
	lib.is_unknown(variable.value)
}

# Stores that ask for no password unless one is set: name of the image -> {words of the command line, variables} that set
# one. They count where the port is published beyond the own host.
stores := [
	{"image": `(?:^|/)(?:redis|redismod|redis-stack|redis-stack-server|valkey)$`, "port": 6379, "says": `requirepass|--aclfile|\.conf\b`, "variables": {"REDIS_PASSWORD", "REDIS_PASSWORD_FILE", "REDIS_ARGS", "VALKEY_PASSWORD", "VALKEY_PASSWORD_FILE", "VALKEY_EXTRA_FLAGS"}},
	{"image": `^(?:docker\.io/)?(?:library/)?mongo$`, "port": 27017, "says": `--auth|--keyFile|--config|-f\b|\.conf\b`, "variables": {"MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_USERNAME_FILE"}},
	{"image": `(?:^|/)elasticsearch(?:-oss)?$`, "tag": `^[1-7]\.`, "port": 9200, "says": `xpack\.security\.enabled`, "variables": {"xpack.security.enabled"}},
]

# The kind of store a service is, where its port is open beyond the own host.
store(s) := kind if {
	some kind in stores
	image := s.config.images[_]
	regex.match(kind.image, lib.text(image.name))
	is_release(kind, image)
	port := s.config.ports_published[_]
	lib.port_in_text(kind.port, port.target)
	port.host_ip in {"", "0.0.0.0", "::"}
}

deny contains {"subject": s.id, "path": ["image"], "msg": msg} if {
	s := input.compose.service[_]
	kind := store(s)
	silent(s, kind)
	not may_be_set(s)
	msg := sprintf("no password is set and port %v is published: everyone who reaches the host reads and writes; set one from a secret, or do not publish the port", [kind.port])
}

# Elasticsearch asks for a password by default since release 8.
is_release(kind, _) if not kind.tag

is_release(kind, image) if regex.match(kind.tag, lib.text(image.tag))

silent(s, kind) if {
	not regex.match(kind.says, lib.text(s.config.command_line))
	names := {variable.name | variable := s.config.variables[_]}
	count(names & kind.variables) == 0
}

# Settings that are elsewhere: files, a mounted configuration, a service that is extended.
may_be_set(s) if {
	some key in ["env_file", "extends", "configs", "build"]
	lib.present(s.config, key)
}

may_be_set(s) if regex.match(`\.conf|/etc|/usr/local/etc|elasticsearch/config`, lib.text(s.config.mounts[_].target))

may_be_set(s) if lib.is_unknown(s.config.command_line)

may_be_set(s) if contains(lib.text(s.config.command_line), "${")

unknown contains {"subject": s.id, "reason": "a password may be set by what is not written here"} if {
	s := input.compose.service[_]
	kind := store(s)
	may_be_set(s)
	not sets(s, kind)
}

sets(s, kind) if s.config.variables[_].name in kind.variables

sets(s, _) if regex.match(`requirepass|--auth`, lib.text(s.config.command_line))
