# METADATA
# title: An origin or balancer of AWS accepts an old TLS version
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::ApiGateway::RestApi
#       - AWS::CloudFront::VpcOrigin
#       - AWS::ElasticBeanstalk::ConfigurationTemplate
#       - AWS::ElasticBeanstalk::Environment
#       - AWS::Lightsail::LoadBalancer
package paylint.rules.weak_tls_version.cloudformation_endpoints

import data.paylint.cfn
import data.paylint.lib

# One place where a version or policy is named: {r, path, value, good}.
named contains {"r": r, "path": ["SecurityPolicy"], "value": r.config.SecurityPolicy, "good": "TLS_1_2"} if {
	r := input.cloudformation["AWS::ApiGateway::RestApi"][_]
}

named contains {"r": r, "path": array.concat(path, [i]), "value": value, "good": "TLSv1.2"} if {
	path := ["VpcOriginEndpointConfig", "OriginSSLProtocols"]
	r := input.cloudformation["AWS::CloudFront::VpcOrigin"][_]
	value := object.get(r.config, path, [])[i]
}

named contains {"r": r, "path": ["OptionSettings", i, "Value"], "value": setting.Value, "good": "ELBSecurityPolicy-TLS13-1-2-2021-06"} if {
	some r in cfn.all(["AWS::ElasticBeanstalk::Environment", "AWS::ElasticBeanstalk::ConfigurationTemplate"])
	setting := r.config.OptionSettings[i]
	regex.match(`^aws:elbv2:listener(?::|$)`, lib.text(setting.Namespace))
	setting.OptionName == "SSLPolicy"
}

named contains {"r": r, "path": ["TlsPolicyName"], "value": object.get(r.config, "TlsPolicyName", "TLS-2016-08"), "good": "TLS-FS-Res-1-2-2022-10"} if {
	r := input.cloudformation["AWS::Lightsail::LoadBalancer"][_]
}

applies contains one.r.id if some one in named

# Policies named after their oldest version, and those until 2016, which go down to TLS 1.0.
old(value) if regex.match(`^ELBSecurityPolicy-(?:201[0-6]-|FS-2018-06$|TLS-1-[01]-|FS-1-1-|TLS13-1-[01]-)|^TLS-2016-08$`, lib.text(value))

old(value) if {
	not regex.match(`^ELBSecurityPolicy-|^TLS-`, lib.text(value))
	lib.tls_too_old(value)
}

deny contains {"subject": one.r.id, "path": one.path, "msg": msg} if {
	some one in named
	old(one.value)
	msg := sprintf("`%s` accepts TLS 1.0 or 1.1 (%s); write %s", [one.r.name, one.value, one.good])
}

unknown contains {"subject": one.r.id, "reason": "its oldest TLS version is known only at deployment"} if {
	some one in named
	lib.is_unknown(one.value)
}
