# METADATA
# title: An AWS listener, origin or connector speaks plain text
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::AppSync::DataSource
#       - AWS::CloudFront::VpcOrigin
#       - AWS::DMS::Endpoint
#       - AWS::EMR::SecurityConfiguration
#       - AWS::ElastiCache::CacheCluster
#       - AWS::ElasticBeanstalk::ConfigurationTemplate
#       - AWS::ElasticBeanstalk::Environment
#       - AWS::ElasticLoadBalancingV2::Listener
#       - AWS::ElasticLoadBalancingV2::ListenerRule
#       - AWS::Lightsail::LoadBalancer
#       - AWS::Lightsail::Distribution
#       - AWS::Transfer::Connector
#       - AWS::VpcLattice::Listener
#   reads: [[HttpConfig, Endpoint], [Url]]
package paylint.rules.cleartext_transport.cloudformation_http

import data.paylint.cfn
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"AWS::CloudFront::VpcOrigin": [{"at": ["VpcOriginEndpointConfig", "OriginProtocolPolicy"], "bad": {"http-only"}, "say": "is spoken to in plain HTTP; set OriginProtocolPolicy: https-only"}],
	"AWS::DMS::Endpoint": [
		{"at": ["KafkaSettings", "SecurityProtocol"], "bad": {"plaintext"}, "say": "sends rows to Kafka unencrypted; set SecurityProtocol: ssl-encryption"},
		{"at": ["RedisSettings", "SslSecurityProtocol"], "bad": {"plaintext"}, "say": "sends rows to Redis unencrypted; set SslSecurityProtocol: ssl-encryption"},
	],
	"AWS::EMR::SecurityConfiguration": [{"at": ["SecurityConfiguration", "EncryptionConfiguration", "EnableInTransitEncryption"], "bad": {"false"}, "say": "lets the nodes of its clusters talk in plain text; set EnableInTransitEncryption: true"}],
	"AWS::Lightsail::Distribution": [{"at": ["Origin", "ProtocolPolicy"], "bad": {"http-only"}, "say": "speaks plain HTTP to its origin; set ProtocolPolicy: https-only"}],
	"AWS::Lightsail::LoadBalancer": [{"at": ["HttpsRedirectionEnabled"], "bad": {"false"}, "say": "leaves visitors on plain HTTP; set HttpsRedirectionEnabled: true"}],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	cfn.settings(r.config, settings[_].at)[_].value != null
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# Redis alone, outside a replication group, cannot have TLS.
caches contains r if {
	r := input.cloudformation["AWS::ElastiCache::CacheCluster"][_]
	lower(lib.text(r.config.Engine)) in {"redis", "valkey"}
}

applies contains r.id if some r in caches

deny contains {"subject": r.id, "path": ["Engine"], "msg": msg} if {
	some r in caches
	not cfn.on(r, ["TransitEncryptionEnabled"])
	msg := sprintf("`%s` speaks plain text with its clients; use AWS::ElastiCache::ReplicationGroup with TransitEncryptionEnabled: true", [r.name])
}

lattices contains r if {
	r := input.cloudformation["AWS::VpcLattice::Listener"][_]
	upper(lib.text(r.config.Protocol)) in {"HTTP", "HTTPS"}
}

applies contains r.id if some r in lattices

deny contains {"subject": r.id, "path": ["Protocol"], "msg": msg} if {
	some r in lattices
	upper(lib.text(r.config.Protocol)) == "HTTP"
	lib.present(r.config.DefaultAction, "Forward")
	msg := sprintf("listener `%s` serves plain HTTP; set Protocol: HTTPS", [r.name])
}

# What is called, by an address. AS2 that encrypts by itself goes over HTTP as a rule.
addresses contains {"r": r, "path": ["HttpConfig", "Endpoint"], "url": r.config.HttpConfig.Endpoint} if {
	r := input.cloudformation["AWS::AppSync::DataSource"][_]
}

addresses contains {"r": r, "path": ["Url"], "url": r.config.Url} if {
	r := input.cloudformation["AWS::Transfer::Connector"][_]
	upper(lib.text(object.get(r.config, ["As2Config", "EncryptionAlgorithm"], "NONE"))) == "NONE"
}

applies contains address.r.id if some address in addresses

deny contains {"subject": address.r.id, "path": address.path, "msg": msg} if {
	some address in addresses
	regex.match(`(?i)^http://`, lib.text(address.url))
	msg := sprintf("`%s` speaks plain HTTP with the other side; use https://", [address.r.name])
}

# Elastic Beanstalk: a listener's protocol; the same namespace may switch the listener off.
protocols contains {"r": r, "i": i, "value": object.get(setting, "Value", null)} if {
	some r in cfn.all(["AWS::ElasticBeanstalk::Environment", "AWS::ElasticBeanstalk::ConfigurationTemplate"])
	setting := r.config.OptionSettings[i]
	regex.match(`^aws:elb(?:v2)?:listener(?::|$)`, lib.text(setting.Namespace))
	setting.OptionName in {"Protocol", "ListenerProtocol"}
	not disabled(r, setting.Namespace)
}

disabled(r, namespace) if {
	other := r.config.OptionSettings[_]
	other.Namespace == namespace
	other.OptionName == "ListenerEnabled"
	lib.falsy(other.Value)
}

applies contains found.r.id if some found in protocols

deny contains {"subject": found.r.id, "path": ["OptionSettings", found.i, "Value"], "msg": msg} if {
	some found in protocols
	upper(lib.text(found.value)) == "HTTP"
	msg := sprintf("a listener of `%s` serves plain HTTP; set its protocol to HTTPS and give it a certificate", [found.r.name])
}

# A listener of plain HTTP that redirects by itself, or refuses, and a rule of it that does not.
careful contains r if {
	r := input.cloudformation["AWS::ElasticLoadBalancingV2::Listener"][_]
	upper(lib.text(r.config.Protocol)) == "HTTP"
	r.config.DefaultActions[_].Type in {"redirect", "fixed-response"}
	not inside(r)
}

inside(r) if {
	balancer := input.cloudformation["AWS::ElasticLoadBalancingV2::LoadBalancer"][_]
	cfn.refers(r, ["LoadBalancerArn"], balancer)
	not object.get(balancer.config, "Scheme", "internet-facing") == "internet-facing"
}

forwards contains {"r": r, "i": i} if {
	count(careful) > 0
	r := input.cloudformation["AWS::ElasticLoadBalancingV2::ListenerRule"][_]
	some listener in careful
	cfn.refers(r, ["ListenerArn"], listener)
	r.config.Actions[i].Type == "forward"
}

applies contains found.r.id if some found in forwards

# Certificates are fetched without TLS.
deny contains {"subject": found.r.id, "path": ["Actions", found.i], "msg": msg} if {
	some found in forwards
	not regex.match(`/\.well-known/`, sprintf("%v", [object.get(found.r.config, "Conditions", [])]))
	msg := sprintf("rule `%s` passes requests on from a listener of plain HTTP; redirect them to HTTPS", [found.r.name])
}
