# METADATA
# title: An AWS endpoint takes or sends data without TLS
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::ElasticLoadBalancingV2::Listener
#       - AWS::ElasticLoadBalancing::LoadBalancer
#       - AWS::CloudFront::Distribution
#       - AWS::DMS::Endpoint
#       - AWS::ApiGateway::Method
#       - AWS::ApiGatewayV2::Integration
package paylint.rules.cleartext_transport.cloudformation

import data.paylint.cfn
import data.paylint.lib

# Load balancers: plain HTTP is for redirecting.
listeners := cfn.all(["AWS::ElasticLoadBalancingV2::Listener"])

applies contains r.id if {
	some r in listeners
	upper(lib.text(r.config.Protocol)) in {"HTTP", "HTTPS", "TLS"}
}

deny contains {"subject": r.id, "path": ["Protocol"], "msg": msg} if {
	some r in listeners
	upper(lib.text(r.config.Protocol)) == "HTTP"
	some action in lib.as_array(object.get(r.config, "DefaultActions", []))
	not redirects(action)
	not lib.is_unknown(action)
	not lib.is_unknown(action.Type)
	not inside(r)
	not r.id in maybe_inside
	msg := sprintf("listener `%s` serves plain HTTP; serve HTTPS, and let this port redirect to it", [r.name])
}

redirects(action) if {
	action.Type == "redirect"
	upper(sprintf("%v", [object.get(action, ["RedirectConfig", "Protocol"], "#{protocol}")])) == "HTTPS"
}

redirects(action) if action.Type == "fixed-response"

# 4.2.1 is about open, public networks: an internal balancer is another question.
inside(r) if {
	balancer := input.cloudformation["AWS::ElasticLoadBalancingV2::LoadBalancer"][_]
	cfn.refers(r, ["LoadBalancerArn"], balancer)
	balancer.config.Scheme == "internal"
}

maybe_inside contains r.id if {
	some r in listeners
	balancer := input.cloudformation["AWS::ElasticLoadBalancingV2::LoadBalancer"][_]
	cfn.refers(r, ["LoadBalancerArn"], balancer)
	lib.is_unknown(balancer.config.Scheme)
}

unknown contains {"subject": r.id, "reason": "whether its load balancer is internal is known only at deployment"} if {
	some r in listeners
	r.id in maybe_inside
	upper(lib.text(r.config.Protocol)) == "HTTP"
}

unknown contains {"subject": r.id, "reason": "its protocol or actions are known only at deployment"} if {
	some r in listeners
	lib.is_unknown(r.config.Protocol)
}

unknown contains {"subject": r.id, "reason": "its protocol or actions are known only at deployment"} if {
	some r in listeners
	upper(lib.text(r.config.Protocol)) == "HTTP"
	cfn.unclear(r.config, [["DefaultActions", "*", "Type"]])
}

applies contains r.id if some r in cfn.all(["AWS::ElasticLoadBalancing::LoadBalancer"])

deny contains {"subject": r.id, "path": ["Listeners", i, "Protocol"], "msg": msg} if {
	r := input.cloudformation["AWS::ElasticLoadBalancing::LoadBalancer"][_]
	not r.config.Scheme == "internal"
	lib.known(object.get(r.config, "Scheme", ""))
	lower(lib.text(r.config.Listeners[i].Protocol)) == "http"
	msg := sprintf("load balancer `%s` serves plain HTTP; listen with HTTPS and a certificate", [r.name])
}

unknown contains {"subject": r.id, "reason": "its scheme or listeners are known only at deployment"} if {
	r := input.cloudformation["AWS::ElasticLoadBalancing::LoadBalancer"][_]
	cfn.unclear(r.config, [["Listeners", "*", "Protocol"], ["Scheme"]])
}

# CloudFront.
distributions := cfn.all(["AWS::CloudFront::Distribution"])

applies contains r.id if some r in distributions

behaviors := [["DefaultCacheBehavior", "ViewerProtocolPolicy"], ["CacheBehaviors", "*", "ViewerProtocolPolicy"]]

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some r in distributions
	found := cfn.bad(r.config, array.concat(["DistributionConfig"], behaviors[_]), {"allow-all"})[_]
	msg := "viewers may use plain HTTP; set ViewerProtocolPolicy: redirect-to-https or https-only"
}

deny contains {"subject": r.id, "path": ["DistributionConfig", "Origins", i, "CustomOriginConfig", "OriginProtocolPolicy"], "msg": msg} if {
	some r in distributions
	origin := r.config.DistributionConfig.Origins[i]
	policy := origin.CustomOriginConfig.OriginProtocolPolicy
	speaks_http(policy, r.config)
	not static_site(origin)
	not maybe_static_site(origin)
	msg := sprintf("CloudFront may speak plain HTTP to the origin (%v); set https-only", [policy])
}

speaks_http(policy, _) if policy == "http-only"

# Viewers who must use HTTPS make the connection to the origin HTTPS too.
speaks_http(policy, config) if {
	policy == "match-viewer"
	found := cfn.settings(config, array.concat(["DistributionConfig"], behaviors[_]))[_]
	found.value == "allow-all"
}

# S3's website endpoints know no TLS.
static_site(origin) if regex.match(`(?i)s3-website[.-]|websiteurl`, cfn.written(origin.DomainName))

static_site(origin) if origin.DomainName.attr == "WebsiteURL"

# A website's address is cut out of its URL at deployment; the name of a balancer is none of S3's.
maybe_static_site(origin) if {
	lib.is_unknown(origin.DomainName)
	not origin.DomainName.ref
}

unknown contains {"subject": r.id, "reason": "whether its origin can speak TLS is known only at deployment"} if {
	some r in distributions
	origin := r.config.DistributionConfig.Origins[_]
	speaks_http(origin.CustomOriginConfig.OriginProtocolPolicy, r.config)
	maybe_static_site(origin)
	not static_site(origin)
}

unknown contains {"subject": r.id, "reason": "its origins are known only at deployment"} if {
	some r in distributions
	cfn.unclear(r.config, [["DistributionConfig", "Origins", "*", "CustomOriginConfig", "OriginProtocolPolicy"]])
}

# Migration. Without SslMode it is "none"; engines that are not here are reached over HTTPS, or have settings of their own.
dms_engines := {"aurora", "aurora-postgresql", "azuredb", "babelfish", "db2", "db2-zos", "docdb", "mariadb", "mongodb", "mysql", "oracle", "postgres", "sqlserver", "sybase"}

endpoints contains r if {
	r := input.cloudformation["AWS::DMS::Endpoint"][_]
	lower(lib.text(r.config.EngineName)) in dms_engines
}

applies contains r.id if some r in endpoints

deny contains {"subject": r.id, "path": ["SslMode"], "msg": msg} if {
	some r in endpoints
	count(cfn.bad(r.config, ["SslMode"], {"", "none"})) > 0
	msg := sprintf("rows travel unencrypted through endpoint `%s`; set SslMode: verify-full", [r.name])
}

# An API's way to its backend; through a VPC link it stays inside.
integrations := {
	"AWS::ApiGateway::Method": {"kind": ["Integration", "Type"], "uri": ["Integration", "Uri"], "link": ["Integration", "ConnectionType"]},
	"AWS::ApiGatewayV2::Integration": {"kind": ["IntegrationType"], "uri": ["IntegrationUri"], "link": ["ConnectionType"]},
}

backends contains {"r": r, "path": at.uri, "uri": uri} if {
	some type, at in integrations
	r := input.cloudformation[type][_]
	object.get(r.config, at.kind, null) in {"HTTP", "HTTP_PROXY"}
	not object.get(r.config, at.link, "") == "VPC_LINK"
	uri := object.get(r.config, at.uri, null)
	uri != null
}

applies contains backend.r.id if some backend in backends

# What follows the scheme may be known only at deployment.
deny contains {"subject": backend.r.id, "path": backend.path, "msg": msg} if {
	some backend in backends
	regex.match(`(?i)^http://`, lib.text(backend.uri))
	msg := sprintf("`%s` calls its backend over plain HTTP; use https:// or a VPC link", [backend.r.name])
}

unknown contains {"subject": backend.r.id, "reason": "its backend's address is known only at deployment"} if {
	some backend in backends
	lib.is_unknown(backend.uri)
	not regex.match(`(?i)^https://`, backend.uri.text)
}
