# METADATA
# title: An API calls its backend without TLS
# custom: {confidence: high, applies_to: {terraform: [aws_api_gateway_integration, aws_apigatewayv2_integration]}}
package paylint.rules.cleartext_transport.terraform_aws_integrations

import data.paylint.lib

# An API's way to its backend; through a VPC link it stays inside.
integrations := {"aws_api_gateway_integration": {"kind": "type", "uri": "uri"}, "aws_apigatewayv2_integration": {"kind": "integration_type", "uri": "integration_uri"}}

applies contains r.id if {
	some type, names in integrations
	r := input.terraform[type][_]
	r.config[names.kind] in {"HTTP", "HTTP_PROXY"}
	not r.config.connection_type == "VPC_LINK"
	lib.present(r.config, names.uri)
}

deny contains {"subject": r.id, "path": [names.uri], "msg": msg} if {
	some type, names in integrations
	r := input.terraform[type][_]
	r.id in applies
	lib.known(object.get(r.config, "connection_type", ""))
	regex.match(`(?i)^http://`, lib.text(r.config[names.uri]))
	msg := sprintf("`%s` calls its backend over plain HTTP; use https:// or a VPC link", [r.name])
}

unknown contains {"subject": r.id, "reason": "its backend's address is known only at apply"} if {
	some type, names in integrations
	r := input.terraform[type][_]
	r.id in applies
	some key in [names.uri, "connection_type"]
	lib.is_unknown(r.config[key])
}
