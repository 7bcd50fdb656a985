# METADATA
# title: An AWS service does not check whom it talks to
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::CodeBuild::Project
#       - AWS::DMS::Endpoint
#       - AWS::ElasticLoadBalancingV2::Listener
#       - AWS::Glue::Connection
package paylint.rules.tls_verification_disabled.cloudformation

import data.paylint.cfn

# Type -> settings: `at`: where; `bad`: values; `say`: what is open and what to write.
table := {
	"AWS::CodeBuild::Project": [
		{"at": ["Source", "InsecureSsl"], "bad": {"true"}, "severity": "high", "say": "fetches its source without checking the server's certificate; take InsecureSsl out"},
		{"at": ["SecondarySources", "*", "InsecureSsl"], "bad": {"true"}, "severity": "high", "say": "fetches its source without checking the server's certificate; take InsecureSsl out"},
	],
	"AWS::DMS::Endpoint": [
		{"at": ["SslMode"], "bad": {"require"}, "severity": "medium", "say": "encrypts, but does not check the database's certificate; set SslMode: verify-full and CertificateArn"},
		{"at": ["KafkaSettings", "SslEndpointIdentificationAlgorithm"], "bad": {"none"}, "severity": "high", "say": "does not check that the broker's certificate is for its host; set SslEndpointIdentificationAlgorithm: https"},
	],
	"AWS::ElasticLoadBalancingV2::Listener": [{"at": ["MutualAuthentication", "IgnoreClientCertificateExpiry"], "bad": {"true"}, "severity": "medium", "say": "takes client certificates that have expired; leave IgnoreClientCertificateExpiry: false"}],
	"AWS::Glue::Connection": [
		{"at": ["ConnectionInput", "ConnectionProperties", "SKIP_CUSTOM_JDBC_CERT_VALIDATION"], "bad": {"true"}, "severity": "high", "say": "does not check the certificate of one's own authority; set SKIP_CUSTOM_JDBC_CERT_VALIDATION to false"},
		{"at": ["ConnectionInput", "ConnectionProperties", "KAFKA_SKIP_CUSTOM_CERT_VALIDATION"], "bad": {"true"}, "severity": "high", "say": "does not check the certificate of one's own authority; set KAFKA_SKIP_CUSTOM_CERT_VALIDATION to false"},
	],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	cfn.settings(r.config, settings[_].at)[_].value != null
}

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": setting.severity} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}
