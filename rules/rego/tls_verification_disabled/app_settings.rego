# METADATA
# title: An application's settings turn the check of certificates or host names off
# custom: {confidence: medium, applies_to: {app_settings: [settings]}}
package paylint.rules.tls_verification_disabled.app_settings

import data.paylint.keyed
import data.paylint.lib

applies contains s.id if some s in keyed.apps

deny contains item if {
	some item in found
	some s in keyed.apps
	s.id == item.subject
	not keyed.near(s, item.confidence)
}

# Names, in one spelling, that check when they are on.
checks := `(?:^node\.tls\.reject\.unauthorized|^pythonhttpsverify|(?:^|[.])(?:verify\.?ssl|ssl\.?verify|tls\.?verify|verify\.?tls|ssl\.?verification|tls\.?verification|verify\.?certs?|verify\.?certificates?|verify\.?host\.?name|host\.?name\.?verification|reject\.?unauthorized|validate\.?(?:server\.?)?certificates?|check\.?server\.?identity|verify\.?peer|verify\.?host|(?:ssl\.?)?host\.?name\.?validation|verify\.?server\.?certificate))(?:\.?enabled)?$`

# Names that check no more when they are on.
skips := `(?:^|[.])(?:insecure\.?skip\.?(?:tls\.?)?verify|skip\.?(?:(?:ssl|tls|certs?|certificate)\.?)?(?:verify|verification|validation|check)|ssl\.?no\.?verify|trust\.?all(?:\.?certs|\.?certificates)?|trust\.?self\.?signed(?:\.?certs|\.?certificates)?|disable\.?(?:ssl|tls|host\.?name|certificate)\.?(?:verification|validation|check)|accept\.?(?:all|any)\.?cert(?:s|ificates?)?|allow\.?(?:invalid|all|self\.?signed)\.?(?:certs?|certificates?|host\.?names?)|trust\.?server\.?certificate|(?:ssl|tls|https?|curl)\.?insecure|ignore\.?(?:ssl|tls|certificates?|certs?)(?:\.?(?:errors?|validation|verification))?|disable\.?cn\.?check|use\.?insecure\.?trust\.?manager|disable\.?endpoint\.?identification)(?:\.?enabled)?$`

# The last part of httpClient.acquirerVerifySsl is a few words, too.
spellings(s, key) := [key, replace(replace(lib.text(s.config.words[key]), "-", "."), "_", ".")]

switch contains {"s": s, "key": key} if {
	some s in keyed.apps
	value := s.config.values[key]
	keyed.off(value)
	regex.match(checks, spellings(s, key)[_])
}

switch contains {"s": s, "key": key} if {
	some s in keyed.apps
	value := s.config.values[key]
	keyed.on(value)
	regex.match(skips, spellings(s, key)[_])
}

# Any host may present any certificate: mail.smtp.ssl.trust=*
switch contains {"s": s, "key": key} if {
	some s in keyed.apps
	value := s.config.values[key]
	regex.match(`mail\.(?:smtps?|imaps?|pop3s?)\.ssl\.trust$`, key)
	trim_space(lib.text(value)) == "*"
}

switch contains {"s": s, "key": key} if {
	some s in keyed.apps
	value := s.config.values[key]
	regex.match(`ssl\.endpoint\.identification\.algorithm$`, key)
	lower(trim_space(lib.text(value))) in {"", "none", "\"\"", "''"}
}

found contains {"subject": entry.s.id, "path": ["values", entry.key], "msg": msg, "confidence": keyed.confidence(entry.s, "remote.example")} if {
	some entry in switch
	msg := sprintf("`%s` turns off the check of who answers: anyone on the path can stand in; take it out and trust the right authority instead", [entry.s.config.names[entry.key]])
}

# parameter of a connection -> values that leave the check out
careless := {
	"trustservercertificate": {"true", "yes", "1"},
	"verifyservercertificate": {"false", "no", "0"},
	"disablesslhostnameverification": {"true", "1"},
	"tlsinsecure": {"true"},
	"tlsallowinvalidcertificates": {"true"},
	"tlsallowinvalidhostnames": {"true"},
	"sslinvalidhostnameallowed": {"true"},
	"sslcertreqs": {"none", "cert_none"},
	"rejectunauthorized": {"false"},
	"sslfactory": {"org.postgresql.ssl.nonvalidatingfactory"},
	"tls": {"skip-verify"},
}

connection contains {"s": s, "at": at, "parameter": parameter} if {
	some s in keyed.apps
	some at in keyed.texts(s)
	regex.match(`(?i)certificate|hostname|tls|ssl|rejectunauthorized`, at.text)
	some parameter in keyed.parameters(at.text)
	careless[parameter.name]
}

found contains {"subject": c.s.id, "path": c.at.path, "msg": msg, "confidence": confidence} if {
	some c in connection
	c.parameter.value in careless[c.parameter.name]
	hosts := keyed.hosts(c.at.text)
	not keyed.all_local(hosts)
	confidence := keyed.confidence_of(c.s, hosts)
	msg := sprintf("`%s=%s` accepts any certificate: anyone on the path can answer; check it against the authority that issued it", [c.parameter.name, c.parameter.value])
}

unknown contains {"subject": c.s.id, "reason": "whether a certificate is checked is given by a variable"} if {
	some c in connection
	keyed.is_variable(c.parameter.value)
}

unknown contains {"subject": s.id, "reason": "whether a certificate is checked is given by a variable"} if {
	some s in keyed.apps
	value := s.config.values[key]
	some pattern in [checks, skips]
	lib.is_unknown(value)
	regex.match(pattern, key)
}
