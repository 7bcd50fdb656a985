# METADATA
# title: An application's settings leave a connection without TLS
# custom: {confidence: medium, applies_to: {app_settings: [settings]}}
package paylint.rules.cleartext_transport.app_settings

import data.paylint.keyed
import data.paylint.lib

applies contains s.id if some s in keyed.apps

deny contains item if {
	some item in found
	some s in keyed.apps
	s.id == item.subject
	not keyed.near(s, item.confidence)
}

# --- switches ---------------------------------------------------------------------------------------------------------

found contains {"subject": s.id, "path": ["values", key], "msg": msg, "confidence": confidence} if {
	some s in keyed.apps
	some key in ["server.ssl.enabled", "management.server.ssl.enabled", "micronaut.server.ssl.enabled"]
	keyed.off(s.config.values[key])
	not keyed.is_local(s.config.values["server.address"])
	confidence := keyed.confidence(s, "remote.example")
	msg := sprintf("`%s` is off: the server answers in plain HTTP; give it a certificate and switch TLS on", [s.config.names[key]])
}

service := `(?:redis|valkey|rabbitmq|rabbit|amqp|mongodb|mongo|cassandra|couchbase|elasticsearch|opensearch|artemis|activemq|kafka|ldap|db|database|datasource|postgres|postgresql|pg|mysql|mariadb|mssql|smtp|memcached|nats|mqtt)`

# spring.data.redis.ssl.enabled, REDIS_TLS, DB_USE_SSL
switched_off contains {"s": s, "key": key, "host": host} if {
	some s in keyed.apps
	value := s.config.values[key]
	keyed.off(value)
	some m in regex.find_all_string_submatch_n(concat("", [`^(.*`, service, `)\.(?:use\.?|enable\.?|require\.?)?(?:ssl|tls)(?:\.?enabled|\.?mode)?$`]), key, -1)
	host := keyed.host_of(s, m[1])
}

switched_off contains {"s": s, "key": key, "host": "remote.example"} if {
	some s in keyed.apps
	some key in ["pgsslmode", "sslmode"]
	lower(lib.text(s.config.values[key])) == "disable"
}

found contains {"subject": entry.s.id, "path": ["values", entry.key], "msg": msg, "confidence": confidence} if {
	some entry in switched_off
	not keyed.is_local(entry.host)
	confidence := keyed.confidence(entry.s, entry.host)
	msg := sprintf("`%s` is off: what goes over this connection can be read and changed on the way; require TLS", [entry.s.config.names[entry.key]])
}

found contains {"subject": s.id, "path": ["values", key], "msg": msg, "confidence": confidence} if {
	some s in keyed.apps
	value := s.config.values[key]
	regex.match(`(?:^|\.)security\.?protocol$`, key)
	lower(trim_space(lib.text(value))) in {"plaintext", "sasl_plaintext"}
	some m in regex.find_all_string_submatch_n(`^(.*kafka)`, key, -1)
	host := keyed.host_of(s, m[1])
	not keyed.is_local(host)
	confidence := keyed.confidence(s, host)
	msg := sprintf("Kafka is spoken to with %s: events cross the network in clear text; use SSL or SASL_SSL", [value])
}

found contains {"subject": s.id, "path": ["values", key], "msg": msg, "confidence": confidence} if {
	some s in keyed.apps
	value := s.config.values[key]
	regex.match(`mail\.smtps?\.starttls\.(?:enable|required)$`, key)
	keyed.off(value)
	not s.id in mail_over_tls
	host := keyed.host_of(s, "spring.mail")
	not keyed.is_local(host)
	confidence := keyed.confidence(s, host)
	msg := sprintf("`%s` is off: mail and its login go out in clear text; set starttls.enable and starttls.required", [s.config.names[key]])
}

mail_over_tls contains s.id if {
	some s in keyed.apps
	value := s.config.values[key]
	regex.match(`mail\.smtps?\.(?:ssl|starttls)\.(?:enable|required)$`, key)
	keyed.on(value)
}

mail_over_tls contains s.id if {
	some s in keyed.apps
	lib.number(s.config.values["spring.mail.port"]) == 465
}

mail_over_tls contains s.id if {
	some s in keyed.apps
	s.config.values["spring.mail.protocol"] == "smtps"
}

# Mail of Django and Laravel: one of TLS and SSL is on, or it goes out in clear text.
found contains {"subject": s.id, "path": ["values", key], "msg": msg, "confidence": confidence} if {
	some s in keyed.apps
	some key in ["email.use.tls", "mail.encryption", "mail.use.tls", "smtp.encryption"]
	off_or_null(s.config.values[key])
	not other_mail_tls(s)
	not mail_elsewhere(s)
	host := keyed.host_of(s, regex.replace(key, `\.(?:use\.tls|encryption)$`, ""))
	not keyed.is_local(host)
	not regex.match(`(?i)mailhog|mailpit|mailtrap|mailcatcher|maildev`, host)
	confidence := keyed.confidence(s, host)
	msg := sprintf("`%s` is off: mail and its login go out in clear text; switch TLS on", [s.config.names[key]])
}

off_or_null(v) if keyed.off(v)

off_or_null(v) if lower(lib.text(v)) == "null"

other_mail_tls(s) if keyed.on(s.config.values[["email.use.ssl", "mail.use.ssl", "email.use.tls", "mail.use.tls"][_]])

# Not sent by SMTP at all, or on the port whose connections begin with TLS.
mail_elsewhere(s) if {
	some key in ["mail.mailer", "mail.driver"]
	not lower(lib.text(s.config.values[key])) in {"smtp", "failover", "roundrobin"}
	not keyed.is_variable(s.config.values[key])
	is_string(s.config.values[key])
}

mail_elsewhere(s) if lower(lib.text(s.config.values["mail.scheme"])) == "smtps"

mail_elsewhere(s) if {
	some key in ["mail.port", "email.port", "smtp.port"]
	sprintf("%v", [s.config.values[key]]) == "465"
	not s.config.values["email.use.tls"]
}

# --- connection strings -----------------------------------------------------------------------------------------------

# name of a parameter -> values that leave the connection open
open_parameters := {
	"sslmode": {"disable", "disabled", "none"},
	"usessl": {"false", "no", "0"},
	"ssl": {"false", "no", "0", "off", "disabled", "none"},
	"tls": {"false", "no", "0", "off", "disabled"},
	"usetls": {"false", "no", "0"},
	"encrypt": {"false", "no", "0", "optional"},
	"sslconnection": {"false"},
	"defaultendpointsprotocol": {"http"},
}

is_connection(text) if count(keyed.urls(text)) > 0

is_connection(text) if regex.match(`(?i)(?:^|[; ])(?:server|data source|host|hostname)[ ]*=|@(?:tcp)?\(|^[a-z0-9._-]+:[0-9]+,|accountname=`, text)

connection contains entry if {
	some s in keyed.apps
	some at in keyed.texts(s)
	regex.match(`(?i)(?:ssl|tls|encrypt|defaultendpointsprotocol)`, at.text)
	is_connection(at.text)
	some parameter in keyed.parameters(at.text)
	open_parameters[parameter.name]
	entry := {"s": s, "at": at, "parameter": parameter, "hosts": keyed.hosts(at.text)}
}

found contains {"subject": c.s.id, "path": c.at.path, "msg": msg, "confidence": confidence} if {
	some c in connection
	c.parameter.value in open_parameters[c.parameter.name]
	not keyed.all_local(c.hosts)
	confidence := keyed.confidence_of(c.s, c.hosts)
	msg := sprintf("`%s=%s` switches TLS off for this connection; require it and check the certificate (sslmode=verify-full, sslMode=VERIFY_IDENTITY, Encrypt=Strict)", [c.parameter.name, c.parameter.value])
}

unknown contains {"subject": c.s.id, "reason": "whether a connection uses TLS is given by a variable"} if {
	some c in connection
	keyed.is_variable(c.parameter.value)
}

# --- schemes ----------------------------------------------------------------------------------------------------------

# scheme -> what to write instead
open_schemes := {
	"ldap": "ldaps",
	"amqp": "amqps",
	"redis": "rediss",
	"mqtt": "mqtts",
	"ftp": "sftp",
	"ws": "wss",
	"stomp": "stomp+ssl",
	"nats": "tls",
	"mongodb": "mongodb with tls=true",
}

has_tls(text) if {
	some parameter in keyed.parameters(text)
	parameter.name in {"tls", "ssl", "usetls", "usessl", "starttls"}
	parameter.value in {"true", "1", "yes", "on"}
}

# Where the settings beside it say that the connection is wrapped. Of RabbitMQ's addresses Spring asks their schemes alone:
# https://docs.spring.io/spring-boot/appendix/application-properties/index.html
switched_on(s, key) if {
	not regex.match(`^spring\.rabbitmq\.addresses(?:\[\d+\])?$`, key)
	some m in regex.find_all_string_submatch_n(`^(.*)\.[a-z]+$`, key, -1)
	some suffix in [".ssl", ".ssl.enabled", ".tls", ".tls.enabled", ".starttls", ".usessl", ".usetls", ".starttls.enabled"]
	keyed.on(s.config.values[concat("", [m[1], suffix])])
}

found contains {"subject": s.id, "path": at.path, "msg": msg, "confidence": confidence} if {
	some s in keyed.apps
	some at in keyed.texts(s)
	some url in keyed.urls(at.text)
	instead := open_schemes[url.scheme]
	remote(url.host)
	not has_tls(at.text)
	not switched_on(s, at.key)
	confidence := keyed.confidence(s, url.host)
	msg := sprintf("`%s://` to %s is not encrypted; use %s", [url.scheme, url.host, instead])
}

# Brokers that are reached by a bare address.
found contains {"subject": s.id, "path": ["values", key], "msg": msg, "confidence": confidence} if {
	some s in keyed.apps
	value := s.config.values[key]
	regex.match(`(?:broker\.?url|activemq.*url|artemis.*url)$`, key)
	some url in keyed.urls(lib.text(value))
	url.scheme == "tcp"
	remote(url.host)
	confidence := keyed.confidence(s, url.host)
	msg := sprintf("`tcp://` to %s is not encrypted; use ssl", [url.host])
}

# Of plain HTTP only addresses that something is sent to, and whose host lies elsewhere: names of schemas are no calls.
found contains {"subject": s.id, "path": at.path, "msg": msg, "confidence": confidence} if {
	some s in keyed.apps
	some at in keyed.texts(s)
	regex.match(`(?i)^[ ]*http://`, at.text)
	regex.match(`(?:ur[il]s?|endpoints?|webhooks?|callback|gateway|api|host|hosts|address|addresses|base|server|servers|defaultzone)$`, at.key)
	not regex.match(`schema|namespace|xmlns|license|docs?\.|documentation|help|homepage|swagger|openapi|contact|termsofservice|proxy|allowedorigins?|corsorigin`, at.key)
	some url in keyed.urls(at.text)
	url.scheme == "http"
	remote(url.host)
	not keyed.is_neighbour(url.host)
	not regex.match(`(?i)^(?:www\.w3\.org|schemas?\..*|xmlns\..*|java\.sun\.com|maven\.apache\.org|www\.springframework\.org|169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal)$`, url.host)
	confidence := keyed.confidence(s, url.host)
	msg := sprintf("`%s` calls %s over plain HTTP; use https", [s.config.names[at.key], url.host])
}

remote(host) if {
	not keyed.is_local(host)
	not keyed.is_variable(host)
	keyed.is_address(host)
}

# --- what is not known ------------------------------------------------------------------------------------------------

unknown contains {"subject": s.id, "reason": "how a connection is made is given by a variable"} if {
	some s in keyed.apps
	value := s.config.values[key]
	lib.is_unknown(value)
	regex.match(concat("", [`^(?:management\.)?server\.ssl\.enabled$|kafka.*security\.?protocol$|`, service, `[a-z.]*\.(?:url|uri|uris|urls|dsn|addresses|ssl|tls|ssl\.?enabled|tls\.?enabled|ssl\.?mode)$`]), key)
}

unknown contains {"subject": s.id, "reason": "what host a connection without TLS leads to is given by a variable"} if {
	some s in keyed.apps
	some at in keyed.texts(s)
	some url in keyed.urls(at.text)
	open_schemes[url.scheme]
	keyed.is_variable(url.host)
	not has_tls(at.text)
	not switched_on(s, at.key)
}
