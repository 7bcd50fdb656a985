# METADATA
# title: An AWS endpoint accepts an old TLS version
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::ElasticLoadBalancingV2::Listener
#       - AWS::ElasticLoadBalancing::LoadBalancer
#       - AWS::CloudFront::Distribution
#       - AWS::ApiGateway::DomainName
#       - AWS::ApiGatewayV2::DomainName
#       - AWS::Serverless::Api
#       - AWS::Serverless::HttpApi
#       - AWS::IoT::DomainConfiguration
#       - AWS::Elasticsearch::Domain
#       - AWS::OpenSearchService::Domain
#       - AWS::RDS::DBParameterGroup
#       - AWS::RDS::DBClusterParameterGroup
package paylint.rules.weak_tls_version.cloudformation

import data.paylint.cfn
import data.paylint.lib

listeners contains r if {
	r := input.cloudformation["AWS::ElasticLoadBalancingV2::Listener"][_]
	upper(lib.text(r.config.Protocol)) in {"HTTPS", "TLS"}
}

applies contains r.id if some r in listeners

# Policies named after their oldest version, and those until 2016, which go down to TLS 1.0.
old_policy(name) if regex.match(`^ELBSecurityPolicy-(?:201[0-5]-|2016-08$|FS-2018-06$|TLS-1-[01]-|FS-1-1-|TLS13-1-[01]-)`, name)

deny contains {"subject": r.id, "path": ["SslPolicy"], "msg": msg} if {
	some r in listeners
	name := lib.text(r.config.SslPolicy)
	old_policy(name)
	msg := sprintf("policy %s still accepts TLS 1.0 or 1.1; use ELBSecurityPolicy-TLS13-1-2-2021-06", [name])
}

# What the service sets where nothing is written goes down to TLS 1.0.
deny contains {"subject": r.id, "path": ["SslPolicy"], "msg": msg} if {
	some r in listeners
	not lib.present(r.config, "SslPolicy")
	msg := "without SslPolicy the listener gets ELBSecurityPolicy-2016-08, which accepts TLS 1.0; name ELBSecurityPolicy-TLS13-1-2-2021-06"
}

unknown contains {"subject": r.id, "reason": "its protocol or policy is known only at deployment"} if {
	r := input.cloudformation["AWS::ElasticLoadBalancingV2::Listener"][_]
	cfn.unclear(r.config, [["Protocol"], ["SslPolicy"]])
	not lib.text(r.config.Protocol) in {"HTTP", "TCP", "UDP", "TCP_UDP"}
}

# Classic load balancers.
balancers contains r if {
	r := input.cloudformation["AWS::ElasticLoadBalancing::LoadBalancer"][_]
	upper(lib.text(r.config.Listeners[_].Protocol)) in {"HTTPS", "SSL"}
}

applies contains r.id if some r in balancers

attributes contains entry if {
	some r in balancers
	policy := r.config.Policies[i]
	policy.PolicyType == "SSLNegotiationPolicyType"
	a := policy.Attributes[j]
	is_object(a)
	entry := {"subject": r.id, "path": ["Policies", i, "Attributes", j], "name": a.Name, "value": a.Value}
}

deny contains {"subject": attribute.subject, "path": array.concat(attribute.path, ["Name"]), "msg": msg} if {
	some attribute in attributes
	startswith(lib.text(attribute.name), "Protocol-")
	lib.tls_too_old(attribute.name)
	lib.truthy(attribute.value)
	msg := sprintf("%s is switched on; leave Protocol-TLSv1.2 only", [attribute.name])
}

deny contains {"subject": attribute.subject, "path": array.concat(attribute.path, ["Value"]), "msg": msg} if {
	some attribute in attributes
	attribute.name == "Reference-Security-Policy"
	regex.match(`^ELBSecurityPolicy-(?:201[0-6]-|FS-2018-06$|TLS-1-[01]-)`, lib.text(attribute.value))
	msg := sprintf("policy %s still accepts TLS 1.0 or 1.1; use ELBSecurityPolicy-TLS-1-2-2017-01", [attribute.value])
}

deny contains {"subject": r.id, "path": ["Listeners", i, "Protocol"], "msg": msg, "confidence": "medium"} if {
	some r in balancers
	listener := r.config.Listeners[i]
	upper(lib.text(listener.Protocol)) in {"HTTPS", "SSL"}
	not lib.present(listener, "PolicyNames")
	msg := sprintf("no TLS policy is tied to `%s`, so it gets ELBSecurityPolicy-2016-08, which accepts TLS 1.0; tie ELBSecurityPolicy-TLS-1-2-2017-01 to its port", [r.name])
}

unknown contains {"subject": r.id, "reason": "its TLS policy is known only at deployment"} if {
	some r in balancers
	cfn.unclear(r.config, [["Policies", "*", "Attributes", "*", "Name"], ["Policies", "*", "Attributes", "*", "Value"], ["Listeners", "*", "PolicyNames"]])
}

# CloudFront. Without a certificate of one's own the distribution answers under CloudFront's name only.
certificates contains entry if {
	r := input.cloudformation["AWS::CloudFront::Distribution"][_]
	lib.present(r.config.DistributionConfig, "ViewerCertificate")
	entry := {"r": r, "certificate": r.config.DistributionConfig.ViewerCertificate}
}

certificate_path := ["DistributionConfig", "ViewerCertificate"]

applies contains found.r.id if some found in certificates

deny contains {"subject": found.r.id, "path": array.concat(certificate_path, ["MinimumProtocolVersion"]), "msg": msg} if {
	some found in certificates
	not lib.truthy(found.certificate.CloudFrontDefaultCertificate)
	version := lib.text(found.certificate.MinimumProtocolVersion)
	lib.tls_too_old(version)
	msg := sprintf("viewers may connect with %s; set MinimumProtocolVersion: TLSv1.2_2021", [version])
}

deny contains {"subject": found.r.id, "path": array.concat(certificate_path, ["MinimumProtocolVersion"]), "msg": msg} if {
	some found in certificates
	not lib.truthy(found.certificate.CloudFrontDefaultCertificate)
	not lib.present(found.certificate, "MinimumProtocolVersion")
	msg := "without MinimumProtocolVersion viewers may connect with TLSv1; set TLSv1.2_2021"
}

deny contains {"subject": found.r.id, "path": array.concat(certificate_path, ["CloudFrontDefaultCertificate"]), "msg": msg} if {
	some found in certificates
	lib.truthy(found.certificate.CloudFrontDefaultCertificate)
	msg := "with CloudFront's own certificate the minimum is TLSv1, whatever is set; use a certificate of your own with TLSv1.2_2021"
}

unknown contains {"subject": r.id, "reason": "its oldest TLS version is known only at deployment"} if {
	r := input.cloudformation["AWS::CloudFront::Distribution"][_]
	cfn.unclear(r.config, [array.concat(certificate_path, ["MinimumProtocolVersion"]), array.concat(certificate_path, ["CloudFrontDefaultCertificate"])])
}

applies contains r.id if {
	r := input.cloudformation["AWS::CloudFront::Distribution"][_]
	r.config.DistributionConfig.Origins[_].CustomOriginConfig.OriginSSLProtocols
}

deny contains {"subject": r.id, "path": ["DistributionConfig", "Origins", i, "CustomOriginConfig", "OriginSSLProtocols", j], "msg": msg} if {
	r := input.cloudformation["AWS::CloudFront::Distribution"][_]
	settings := r.config.DistributionConfig.Origins[i].CustomOriginConfig
	not settings.OriginProtocolPolicy == "http-only"
	version := settings.OriginSSLProtocols[j]
	lib.tls_too_old(version)
	msg := sprintf("CloudFront may speak %v to the origin; leave TLSv1.2 only", [version])
}

# Where these leave it out, AWS decides, and decides for 1.2.
named := {
	"AWS::ApiGateway::DomainName": {"at": ["SecurityPolicy"], "good": "TLS_1_2"},
	"AWS::ApiGatewayV2::DomainName": {"at": ["DomainNameConfigurations", "*", "SecurityPolicy"], "good": "TLS_1_2"},
	"AWS::Serverless::Api": {"at": ["Domain", "SecurityPolicy"], "good": "TLS_1_2"},
	"AWS::Serverless::HttpApi": {"at": ["Domain", "SecurityPolicy"], "good": "TLS_1_2"},
	"AWS::IoT::DomainConfiguration": {"at": ["TlsConfig", "SecurityPolicy"], "good": "IotSecurityPolicy_TLS13_1_2_2022_10"},
}

policies contains entry if {
	some type, setting in named
	r := input.cloudformation[type][_]
	found := cfn.settings(r.config, setting.at)[_]
	found.value != null
	entry := {"subject": r.id, "path": found.path, "value": found.value, "good": setting.good}
}

applies contains policy.subject if some policy in policies

deny contains {"subject": policy.subject, "path": policy.path, "msg": msg} if {
	some policy in policies
	lib.tls_too_old(policy.value)
	msg := sprintf("%v accepts TLS 1.0 or 1.1; set SecurityPolicy: %s", [policy.value, policy.good])
}

unknown contains {"subject": policy.subject, "reason": "its TLS policy is known only at deployment"} if {
	some policy in policies
	lib.is_unknown(policy.value)
}

domains contains r if {
	some r in cfn.all(["AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"])
	lib.present(r.config, "DomainEndpointOptions")
}

applies contains r.id if some r in domains

deny contains {"subject": r.id, "path": ["DomainEndpointOptions", "TLSSecurityPolicy"], "msg": msg} if {
	some r in domains
	count(cfn.bad(r.config, ["DomainEndpointOptions", "TLSSecurityPolicy"], {"", "policy-min-tls-1-0-2019-07"})) > 0
	msg := "the endpoint accepts TLS 1.0; set TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10"
}

# MySQL and MariaDB list versions, PostgreSQL names the oldest; SQL Server has a switch for each.
listed := {"tls_version", "ssl_min_protocol_version"}

switches := {"rds.tls10": "TLS 1.0", "rds.tls11": "TLS 1.1"}

parameters contains {"subject": r.id, "path": ["Parameters", name], "name": name, "value": value} if {
	some r in cfn.all(["AWS::RDS::DBParameterGroup", "AWS::RDS::DBClusterParameterGroup"])
	value := r.config.Parameters[name]
	name in (listed | object.keys(switches))
}

applies contains p.subject if some p in parameters

deny contains {"subject": p.subject, "path": p.path, "msg": msg} if {
	some p in parameters
	p.name in listed
	lib.tls_too_old(lib.text(p.value))
	msg := sprintf("%s lets clients connect with an old version (%s); leave TLSv1.2 and newer", [p.name, p.value])
}

deny contains {"subject": p.subject, "path": p.path, "msg": msg} if {
	some p in parameters
	version := switches[p.name]
	lower(sprintf("%v", [p.value])) in {"enabled", "1", "true"}
	msg := sprintf("%s lets clients connect with %s; set it to disabled", [p.name, version])
}

unknown contains {"subject": p.subject, "reason": sprintf("%v is known only at deployment", [p.name])} if {
	some p in parameters
	lib.is_unknown(p.value)
}
