# METADATA
# title: An AWS service is set to speak plain text
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_appmesh_virtual_gateway
#       - aws_appmesh_virtual_node
#       - aws_appsync_api_cache
#       - aws_batch_job_definition
#       - aws_datasync_location_efs
#       - aws_datasync_location_object_storage
#       - aws_dax_cluster
#       - aws_dms_endpoint
#       - aws_elasticache_cluster
#       - aws_emr_security_configuration
#       - aws_glue_connection
#       - aws_memorydb_cluster
#       - aws_mskconnect_connector
#       - aws_quicksight_data_source
#       - aws_sagemaker_data_quality_job_definition
#       - aws_ses_configuration_set
#       - aws_sesv2_configuration_set
#       - aws_sns_topic_subscription
#       - aws_transfer_server
package paylint.rules.cleartext_transport.terraform_aws_services

import data.paylint.blocks
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"aws_appmesh_virtual_gateway": [
		{
			"at": ["spec", "*", "listener", "*", "tls", "*", "mode"],
			"bad": {"disabled", "permissive"},
			"say": "also listens without TLS; set mode = \"STRICT\"",
		},
		{
			"at": ["spec", "*", "backend_defaults", "*", "client_policy", "*", "tls", "*", "enforce"],
			"bad": {"false"},
			"say": "may speak plain text with its backends; leave enforce = true",
		},
	],
	"aws_appmesh_virtual_node": [
		{
			"at": ["spec", "*", "listener", "*", "tls", "*", "mode"],
			"bad": {"disabled", "permissive"},
			"say": "also listens without TLS; set mode = \"STRICT\"",
		},
		{
			"at": ["spec", "*", "backend_defaults", "*", "client_policy", "*", "tls", "*", "enforce"],
			"bad": {"false"},
			"say": "may speak plain text with its backends; leave enforce = true",
		},
		{
			"at": ["spec", "*", "backend", "*", "virtual_service", "*", "client_policy", "*", "tls", "*", "enforce"],
			"bad": {"false"},
			"say": "may speak plain text with this backend; leave enforce = true",
		},
	],
	"aws_appsync_api_cache": [{
		"at": ["transit_encryption_enabled"],
		"bad": {"", "false"},
		"say": "sends cached answers unencrypted; set transit_encryption_enabled = true",
	}],
	"aws_batch_job_definition": [{
		"at": ["container_properties", "volumes", "*", "efsVolumeConfiguration", "transitEncryption"],
		"bad": {"", "disabled"},
		"say": "mounts a file system without TLS; set transitEncryption to ENABLED",
	}],
	"aws_datasync_location_efs": [{
		"at": ["in_transit_encryption"],
		"bad": {"none"},
		"say": "copies files unencrypted; set in_transit_encryption = \"TLS1_2\"",
	}],
	"aws_datasync_location_object_storage": [{
		"at": ["server_protocol"],
		"bad": {"http"},
		"say": "copies objects over plain HTTP; set server_protocol = \"HTTPS\"",
	}],
	"aws_dax_cluster": [{
		"at": ["cluster_endpoint_encryption_type"],
		"bad": {"", "none"},
		"say": "speaks plain text with its clients; set cluster_endpoint_encryption_type = \"TLS\"",
	}],
	"aws_dms_endpoint": [
		{
			"at": ["kafka_settings", "*", "security_protocol"],
			"bad": {"", "plaintext"},
			"say": "sends rows to Kafka unencrypted; set security_protocol = \"ssl-encryption\"",
		},
		{
			"at": ["redis_settings", "*", "ssl_security_protocol"],
			"bad": {"plaintext"},
			"say": "sends rows to Redis unencrypted; set ssl_security_protocol = \"ssl-encryption\"",
		},
	],
	"aws_emr_security_configuration": [{
		"at": ["configuration", "EncryptionConfiguration", "EnableInTransitEncryption"],
		"bad": {"", "false"},
		"say": "lets the nodes of its clusters talk in plain text; set EnableInTransitEncryption to true",
	}],
	"aws_glue_connection": [
		{
			"at": ["connection_properties", "JDBC_ENFORCE_SSL"],
			"bad": {"false"},
			"say": "may connect to the database without TLS; set JDBC_ENFORCE_SSL = \"true\"",
		},
		{
			"at": ["connection_properties", "KAFKA_SSL_ENABLED"],
			"bad": {"false"},
			"say": "connects to Kafka without TLS; set KAFKA_SSL_ENABLED = \"true\"",
		},
	],
	"aws_memorydb_cluster": [{
		"at": ["tls_enabled"],
		"bad": {"false"},
		"say": "speaks plain text with its clients; leave tls_enabled = true",
	}],
	"aws_mskconnect_connector": [{
		"at": ["kafka_cluster_encryption_in_transit", "*", "encryption_type"],
		"bad": {"", "plaintext"},
		"say": "connects to Kafka without TLS; set encryption_type = \"TLS\"",
	}],
	"aws_quicksight_data_source": [{
		"at": ["ssl_properties", "*", "disable_ssl"],
		"bad": {"true"},
		"say": "queries its source without TLS; set disable_ssl = false",
	}],
	"aws_sagemaker_data_quality_job_definition": [{
		"at": ["network_config", "*", "enable_inter_container_traffic_encryption"],
		"bad": {"false"},
		"say": "lets its containers exchange data in plain text; set enable_inter_container_traffic_encryption = true",
	}],
	"aws_ses_configuration_set": [{
		"at": ["delivery_options", "*", "tls_policy"],
		"bad": {"optional"},
		"say": "sends mail in plain text where the other side offers no TLS; set tls_policy = \"Require\"",
	}],
	"aws_sesv2_configuration_set": [{
		"at": ["delivery_options", "*", "tls_policy"],
		"bad": {"optional"},
		"say": "sends mail in plain text where the other side offers no TLS; set tls_policy = \"REQUIRE\"",
	}],
	"aws_sns_topic_subscription": [{
		"at": ["protocol"],
		"bad": {"http"},
		"say": "has messages delivered over plain HTTP; use an https endpoint",
	}],
}

applies contains r.id if {
	some type, settings in table
	r := input.terraform[type][_]
	count(blocks.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.terraform[type][_]
	setting := settings[_]
	found := blocks.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# Memcached alone can have TLS here; Redis needs a replication group for it.
applies contains r.id if {
	r := input.terraform.aws_elasticache_cluster[_]
	r.config.engine == "memcached"
}

deny contains {"subject": r.id, "path": ["transit_encryption_enabled"], "msg": msg} if {
	r := input.terraform.aws_elasticache_cluster[_]
	r.id in applies
	not lib.truthy(object.get(r.config, "transit_encryption_enabled", null))
	msg := sprintf("`%s` speaks plain text with its clients; set transit_encryption_enabled = true", [r.name])
}

applies contains r.id if {
	r := input.terraform.aws_transfer_server[_]
	lib.present(r.config, "protocols")
}

deny contains {"subject": r.id, "path": ["protocols"], "msg": msg} if {
	r := input.terraform.aws_transfer_server[_]
	some protocol in lib.as_array(r.config.protocols)
	lib.text(protocol) == "FTP"
	msg := sprintf("server `%s` takes files and passwords over plain FTP; offer SFTP or FTPS only", [r.name])
}

unknown contains {"subject": r.id, "reason": "its protocols are known only at apply"} if {
	r := input.terraform.aws_transfer_server[_]
	lib.has_unknown(object.get(r.config, "protocols", []))
}
