# METADATA
# title: An AWS service, or Terraform itself, does not check whom it talks to
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_api_gateway_integration
#       - aws_codebuild_project
#       - aws_dms_endpoint
#       - aws_glue_connection
#       - aws_alb_listener
#       - aws_lb_listener
#       - provider.aws
package paylint.rules.tls_verification_disabled.terraform_aws

import data.paylint.blocks

expired := {
	"at": ["mutual_authentication", "*", "ignore_client_certificate_expiry"],
	"bad": {"true"},
	"say": "takes client certificates that have expired; leave ignore_client_certificate_expiry = false",
	"severity": "medium",
}

# Type -> settings: `at`: where; `bad`: values; `say`: what is open and what to write.
table := {
	"aws_alb_listener": [expired],
	"aws_api_gateway_integration": [{
		"at": ["tls_config", "*", "insecure_skip_verification"],
		"bad": {"true"},
		"say": "does not check who issued its backend's certificate; take insecure_skip_verification out",
		"severity": "high",
	}],
	"aws_codebuild_project": [
		{
			"at": ["source", "*", "insecure_ssl"],
			"bad": {"true"},
			"say": "fetches its source without checking the server's certificate; take insecure_ssl out",
			"severity": "high",
		},
		{
			"at": ["secondary_sources", "*", "insecure_ssl"],
			"bad": {"true"},
			"say": "fetches its source without checking the server's certificate; take insecure_ssl out",
			"severity": "high",
		},
	],
	"aws_dms_endpoint": [
		{
			"at": ["ssl_mode"],
			"bad": {"require"},
			"say": "encrypts, but does not check the database's certificate; set ssl_mode = \"verify-full\" and certificate_arn",
			"severity": "medium",
		},
		{
			"at": ["kafka_settings", "*", "ssl_endpoint_identification_algorithm"],
			"bad": {"none"},
			"say": "does not check that the broker's certificate is for its host; set ssl_endpoint_identification_algorithm = \"https\"",
			"severity": "high",
		},
	],
	"aws_glue_connection": [
		{
			"at": ["connection_properties", "SKIP_CUSTOM_JDBC_CERT_VALIDATION"],
			"bad": {"true"},
			"say": "does not check the certificate of one's own authority; set SKIP_CUSTOM_JDBC_CERT_VALIDATION = \"false\"",
			"severity": "high",
		},
		{
			"at": ["connection_properties", "KAFKA_SKIP_CUSTOM_CERT_VALIDATION"],
			"bad": {"true"},
			"say": "does not check the certificate of one's own authority; set KAFKA_SKIP_CUSTOM_CERT_VALIDATION = \"false\"",
			"severity": "high",
		},
	],
	"aws_lb_listener": [expired],
	"provider.aws": [{
		"at": ["insecure"],
		"bad": {"true"},
		"say": "lets Terraform send credentials to whoever answers for AWS; take insecure out",
		"severity": "high",
	}],
}

applies contains r.id if {
	some type, settings in table
	r := input.terraform[type][_]
	blocks.settings(r.config, settings[_].at)[_].value != null
}

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": setting.severity} if {
	some type, settings in table
	r := input.terraform[type][_]
	setting := settings[_]
	found := blocks.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}
