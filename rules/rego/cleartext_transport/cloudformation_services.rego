# METADATA
# title: An AWS service is set to speak plain text
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::ElastiCache::ReplicationGroup
#       - AWS::ElastiCache::CacheCluster
#       - AWS::MemoryDB::Cluster
#       - AWS::MSK::Cluster
#       - AWS::Elasticsearch::Domain
#       - AWS::OpenSearchService::Domain
#       - AWS::DAX::Cluster
#       - AWS::ECS::TaskDefinition
#       - AWS::Batch::JobDefinition
#       - AWS::RDS::DBProxy
#       - AWS::AppMesh::VirtualGateway
#       - AWS::AppMesh::VirtualNode
#       - AWS::AppSync::ApiCache
#       - AWS::DataSync::LocationEFS
#       - AWS::DataSync::LocationObjectStorage
#       - AWS::Glue::Connection
#       - AWS::KafkaConnect::Connector
#       - AWS::QuickSight::DataSource
#       - AWS::SES::ConfigurationSet
#       - AWS::SNS::Subscription
#       - AWS::SNS::Topic
#       - AWS::Transfer::Server
package paylint.rules.cleartext_transport.cloudformation_services

import data.paylint.cfn
import data.paylint.lib

domain := [
	{"at": ["DomainEndpointOptions", "EnforceHTTPS"], "bad": {"", "false"}, "say": "also answers plain HTTP; set EnforceHTTPS: true"},
	{"at": ["NodeToNodeEncryptionOptions", "Enabled"], "bad": {"", "false"}, "say": "lets its nodes talk in plain text; set NodeToNodeEncryptionOptions.Enabled: true"},
]

mesh := [
	{"at": ["Spec", "Listeners", "*", "TLS", "Mode"], "bad": {"disabled", "permissive"}, "say": "also listens without TLS; set Mode: STRICT"},
	{"at": ["Spec", "BackendDefaults", "ClientPolicy", "TLS", "Enforce"], "bad": {"false"}, "say": "may speak plain text with its backends; leave Enforce: true"},
	{"at": ["Spec", "Backends", "*", "VirtualService", "ClientPolicy", "TLS", "Enforce"], "bad": {"false"}, "say": "may speak plain text with this backend; leave Enforce: true"},
]

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"AWS::ElastiCache::ReplicationGroup": [
		{"at": ["TransitEncryptionEnabled"], "bad": {"", "false"}, "say": "speaks plain text with its clients; set TransitEncryptionEnabled: true"},
		{"at": ["TransitEncryptionMode"], "bad": {"preferred"}, "say": "still accepts clients without TLS; set TransitEncryptionMode: required once all of them use it"},
	],
	"AWS::MemoryDB::Cluster": [{"at": ["TLSEnabled"], "bad": {"false"}, "say": "speaks plain text with its clients; leave TLSEnabled: true"}],
	"AWS::MSK::Cluster": [
		{"at": ["EncryptionInfo", "EncryptionInTransit", "ClientBroker"], "bad": {"plaintext", "tls_plaintext"}, "say": "lets its brokers accept plain text; set ClientBroker: TLS"},
		{"at": ["EncryptionInfo", "EncryptionInTransit", "InCluster"], "bad": {"false"}, "say": "replicates between brokers in plain text; leave InCluster: true"},
	],
	"AWS::Elasticsearch::Domain": domain,
	"AWS::OpenSearchService::Domain": domain,
	"AWS::DAX::Cluster": [{"at": ["ClusterEndpointEncryptionType"], "bad": {"", "none"}, "say": "speaks plain text with its clients; set ClusterEndpointEncryptionType: TLS"}],
	"AWS::RDS::DBProxy": [{"at": ["RequireTLS"], "bad": {"", "false"}, "say": "takes clients without TLS; set RequireTLS: true"}],
	"AWS::AppMesh::VirtualGateway": mesh,
	"AWS::AppMesh::VirtualNode": mesh,
	"AWS::AppSync::ApiCache": [{"at": ["TransitEncryptionEnabled"], "bad": {"", "false"}, "say": "sends cached answers unencrypted; set TransitEncryptionEnabled: true"}],
	"AWS::DataSync::LocationEFS": [{"at": ["InTransitEncryption"], "bad": {"none"}, "say": "copies files unencrypted; set InTransitEncryption: TLS1_2"}],
	"AWS::DataSync::LocationObjectStorage": [{"at": ["ServerProtocol"], "bad": {"http"}, "say": "copies objects over plain HTTP; set ServerProtocol: HTTPS"}],
	"AWS::Glue::Connection": [
		{"at": ["ConnectionInput", "ConnectionProperties", "JDBC_ENFORCE_SSL"], "bad": {"false"}, "say": "connects to its database without TLS; set JDBC_ENFORCE_SSL to true"},
		{"at": ["ConnectionInput", "ConnectionProperties", "KAFKA_SSL_ENABLED"], "bad": {"false"}, "say": "connects to Kafka without TLS; set KAFKA_SSL_ENABLED to true"},
	],
	"AWS::KafkaConnect::Connector": [{"at": ["KafkaClusterEncryptionInTransit", "EncryptionType"], "bad": {"", "plaintext"}, "say": "connects to Kafka without TLS; set EncryptionType: TLS"}],
	"AWS::QuickSight::DataSource": [{"at": ["SslProperties", "DisableSsl"], "bad": {"true"}, "say": "queries its source without TLS; set DisableSsl: false"}],
	"AWS::SES::ConfigurationSet": [{"at": ["DeliveryOptions", "TlsPolicy"], "bad": {"optional"}, "say": "sends mail in plain text where the other side offers no TLS; set TlsPolicy: REQUIRE"}],
	"AWS::SNS::Subscription": [{"at": ["Protocol"], "bad": {"http"}, "say": "has messages delivered over plain HTTP; use an https endpoint"}],
	"AWS::SNS::Topic": [{"at": ["Subscription", "*", "Protocol"], "bad": {"http"}, "say": "delivers messages over plain HTTP; use an https endpoint"}],
	"AWS::Transfer::Server": [{"at": ["Protocols", "*"], "bad": {"ftp"}, "say": "takes files and passwords over plain FTP; offer SFTP or FTPS only"}],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	count(cfn.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# Memcached alone can have TLS here; Redis needs a replication group for it.
applies contains r.id if {
	r := input.cloudformation["AWS::ElastiCache::CacheCluster"][_]
	lower(lib.text(r.config.Engine)) == "memcached"
}

deny contains {"subject": r.id, "path": ["TransitEncryptionEnabled"], "msg": msg} if {
	r := input.cloudformation["AWS::ElastiCache::CacheCluster"][_]
	r.id in applies
	not cfn.on(r, ["TransitEncryptionEnabled"])
	msg := sprintf("`%s` speaks plain text with its clients; set TransitEncryptionEnabled: true", [r.name])
}

# File systems that containers mount.
mounts contains {"r": r, "path": found.path, "key": key, "mount": found.value} if {
	some type, shape in {
		"AWS::ECS::TaskDefinition": ["Volumes", "*", "EFSVolumeConfiguration"],
		"AWS::Batch::JobDefinition": ["ContainerProperties", "Volumes", "*", "EfsVolumeConfiguration"],
	}
	r := input.cloudformation[type][_]
	found := cfn.settings(r.config, shape)[_]
	is_object(found.value)
	key := "TransitEncryption"
}

applies contains mount.r.id if some mount in mounts

deny contains {"subject": mount.r.id, "path": array.concat(mount.path, [mount.key]), "msg": msg} if {
	some mount in mounts
	count(cfn.bad(mount.mount, [mount.key], {"", "disabled"})) > 0
	msg := "files of this volume travel unencrypted; set TransitEncryption: ENABLED"
}
