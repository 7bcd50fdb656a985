# METADATA
# title: An application's settings write whole requests or statements to the log
# description: What they hold is not known here, which is why this is no more than likely.
# custom: {severity: medium, confidence: low, applies_to: {app_settings: [settings]}}
package paylint.rules.pan_logged.app_settings

import data.paylint.keyed
import data.paylint.lib

# Loggers that write what passes through: the levels at which they do, and what that is.
loggers := [
	{"name": `^logging\.level\.org\.apache\.(?:http|hc\.client5\.http)(?:\.wire)?$`, "levels": {"debug", "trace"}, "what": "the body of every request and response"},
	{"name": `^logging\.level\.httpclient\.wire(?:\..*)?$`, "levels": {"debug", "trace"}, "what": "the body of every request and response"},
	{"name": `^logging\.level\.org\.hibernate\.(?:type(?:\.descriptor\.sql(?:\.basicbinder)?)?|orm\.jdbc\.bind)$`, "levels": {"trace"}, "what": "the values of every statement"},
	{"name": `^logging\.level\.org\.springframework\.jdbc\.core\.statementcreatorutils$`, "levels": {"trace"}, "what": "the values of every statement"},
	{"name": `^logging\.level\.org\.springframework\.ws\.(?:client|server)\.messagetracing(?:\.(?:sent|received))?$`, "levels": {"debug", "trace"}, "what": "the body of every message"},
	{"name": `^logging\.level\.org\.springframework\.web\.client\.resttemplate$`, "levels": {"debug", "trace"}, "what": "the body of every request"},
	{"name": `^(?:spring\.cloud\.open)?feign\.client\.config\.[^.]+\.loggerlevel$`, "levels": {"full"}, "what": "the body of every request and response"},
	{"name": `^(?:spring\.(?:mvc|codec)\.logrequestdetails|spring\.cloud\.gateway\.http(?:client|server)\.wiretap)$`, "levels": {"true"}, "what": "the parameters, headers or bodies of requests"},
]

setting contains {"s": s, "key": key, "value": value, "logger": logger} if {
	some s in keyed.apps
	value := s.config.values[key]
	some logger in loggers
	regex.match(logger.name, key)
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": ["values", found.key], "msg": msg} if {
	some found in setting
	lower(sprintf("%v", [found.value])) in found.logger.levels
	not keyed.is_development(found.s)
	msg := sprintf("`%s` writes %s to the log, card numbers included if they pass here; take it out, and log what happened instead", [found.s.config.names[found.key], found.logger.what])
}

unknown contains {"subject": found.s.id, "reason": "what is logged is given by a variable"} if {
	some found in setting
	lib.is_unknown(found.value)
}
