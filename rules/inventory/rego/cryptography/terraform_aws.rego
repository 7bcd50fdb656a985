# METADATA
# title: TLS, keys, certificates and encryption at rest in AWS
# custom:
#   confidence: high
#   applies_to: {terraform: ["*"]}
package paylint.rules.cryptography.terraform_aws

import data.paylint.inventory

tls := {"kind": "protocol", "name": "TLS"}

at_rest := {"kind": "algorithm", "name": "AES-256", "purpose": "encryption at rest"}

listener := [{
	"at": [], "where": {"protocol": ["HTTPS", "TLS"]}, "says": object.union(tls, {"side": "server", "purpose": "load balancer"}),
	"values": {"policy": ["ssl_policy"], "certificate": ["certificate_arn"], "port": ["port"]},
	"defaults": {"policy": "ELBSecurityPolicy-2016-08 (default of AWS)"},
}]

search := [
	{
		"at": ["domain_endpoint_options"], "says": object.union(tls, {"side": "server", "purpose": "search endpoint"}),
		"values": {"policy": ["tls_security_policy"], "required": ["enforce_https"]},
		"defaults": {"policy": "Policy-Min-TLS-1-0-2019-07 (default of AWS)"},
	},
	{"at": ["encrypt_at_rest"], "where": {"enabled": ["TRUE"]}, "says": at_rest, "values": {"key": ["kms_key_id"]}},
]

balancer_target := [{
	"at": [], "where": {"protocol": ["HTTPS", "TLS"]}, "says": object.union(tls, {"side": "client", "purpose": "load balancer to targets", "default": "versions are AWS's; certificates of targets are not verified"}),
	"values": {"port": ["port"]},
}]

database := [
	{
		"at": [], "where": {"storage_encrypted": ["TRUE"]}, "says": at_rest,
		"values": {"key": ["kms_key_id"]}, "defaults": {"key": "aws/rds (default of AWS)"},
	},
	{"at": [], "having": ["ca_cert_identifier"], "says": {"kind": "certificate", "name": "X.509", "purpose": "database server"}, "values": {"authority": ["ca_cert_identifier"]}},
]

parameters := [
	{
		"at": ["parameter"], "where": {"name": ["SSL_MIN_PROTOCOL_VERSION", "TLS_VERSION"]}, "says": object.union(tls, {"side": "server", "purpose": "database"}),
		"values": {"minimum version": ["value"]},
	},
	{
		"at": ["parameter"], "where": {"name": ["RDS.FORCE_SSL", "REQUIRE_SECURE_TRANSPORT"]}, "says": object.union(tls, {"side": "server", "purpose": "database"}),
		"values": {"required": ["value"]},
	},
	{
		"at": ["parameter"], "where": {"name": ["SSL_CIPHERS", "SSL_CIPHER"]}, "says": object.union(tls, {"side": "server", "purpose": "database"}),
		"values": {"cipher suites": ["value"]},
	},
]

keyed := [{"at": [], "having": ["kms_key_id"], "says": at_rest, "values": {"key": ["kms_key_id"]}}]

table := {
	"aws_lb_listener": listener,
	"aws_alb_listener": listener,
	"aws_lb_target_group": balancer_target,
	"aws_alb_target_group": balancer_target,
	"aws_cloudfront_distribution": [
		{
			"at": ["viewer_certificate"], "says": object.union(tls, {"side": "server", "purpose": "content network"}),
			"values": {"minimum version": ["minimum_protocol_version"], "certificate": ["acm_certificate_arn"]},
			"defaults": {"minimum version": "TLSv1 (default of CloudFront)"},
		},
		{
			"at": ["origin", "custom_origin_config"], "says": object.union(tls, {"side": "client", "purpose": "content network to origin"}),
			"values": {"versions": ["origin_ssl_protocols"], "required": ["origin_protocol_policy"]},
		},
	],
	"aws_api_gateway_domain_name": [{
		"at": [], "says": object.union(tls, {"side": "server", "purpose": "API gateway"}),
		"values": {"policy": ["security_policy"], "certificate": ["certificate_arn"]}, "defaults": {"policy": "TLS_1_2 (default of AWS)"},
	}],
	"aws_apigatewayv2_domain_name": [{
		"at": ["domain_name_configuration"], "says": object.union(tls, {"side": "server", "purpose": "API gateway"}),
		"values": {"policy": ["security_policy"], "certificate": ["certificate_arn"]},
	}],
	"aws_iot_domain_configuration": [{"at": ["tls_config"], "says": object.union(tls, {"side": "server", "purpose": "devices"}), "values": {"policy": ["security_policy"]}}],
	"aws_opensearch_domain": search,
	"aws_elasticsearch_domain": search,
	"aws_cloudsearch_domain": [{
		"at": ["endpoint_options"], "says": object.union(tls, {"side": "server", "purpose": "search endpoint"}),
		"values": {"policy": ["tls_security_policy"]}, "defaults": {"policy": "Policy-Min-TLS-1-0-2019-07 (default of AWS)"},
	}],
	"aws_elasticache_replication_group": [
		{
			"at": [], "where": {"transit_encryption_enabled": ["TRUE"]}, "says": object.union(tls, {"side": "server", "purpose": "cache", "default": "versions and suites are AWS's"}),
			"values": {"required": ["transit_encryption_mode"]},
		},
		{"at": [], "where": {"at_rest_encryption_enabled": ["TRUE"]}, "says": at_rest, "values": {"key": ["kms_key_id"]}},
	],
	"aws_elasticache_serverless_cache": keyed,
	"aws_msk_cluster": [{
		"at": ["encryption_info", "encryption_in_transit"], "says": object.union(tls, {"side": "server", "purpose": "messages"}),
		"values": {"required": ["client_broker"], "between brokers": ["in_cluster"]},
	}],
	"aws_kms_key": [{
		"at": [], "says": {"kind": "key"},
		"values": {"name": ["customer_master_key_spec"], "usage": ["key_usage"], "rotation": ["enable_key_rotation"], "rotation days": ["rotation_period_in_days"], "purpose": ["description"]},
		"defaults": {"name": "SYMMETRIC_DEFAULT", "usage": "ENCRYPT_DECRYPT", "rotation": "off (default)"},
	}],
	"aws_acm_certificate": [{
		"at": [], "says": {"kind": "certificate"},
		"values": {"name": ["key_algorithm"], "domain": ["domain_name"], "validation": ["validation_method"]}, "defaults": {"name": "RSA_2048 (default of AWS)"},
	}],
	"aws_acmpca_certificate_authority": [{
		"at": ["certificate_authority_configuration"], "says": {"kind": "certificate", "purpose": "certificate authority"},
		"values": {"name": ["key_algorithm"], "signature": ["signing_algorithm"]},
	}],
	"aws_key_pair": [{"at": [], "says": {"kind": "key", "name": "SSH", "purpose": "login"}, "values": {}}],
	"tls_private_key": [{
		"at": [], "says": {"kind": "key"},
		"values": {"name": ["algorithm"], "key size": ["rsa_bits"], "curve": ["ecdsa_curve"]},
	}],
	"tls_self_signed_cert": [{"at": [], "says": {"kind": "certificate", "name": "X.509, self-signed"}, "values": {"hours": ["validity_period_hours"], "domain": ["dns_names"]}}],
	"aws_db_instance": database,
	"aws_rds_cluster": database,
	"aws_docdb_cluster": database,
	"aws_neptune_cluster": database,
	"aws_db_parameter_group": parameters,
	"aws_rds_cluster_parameter_group": parameters,
	"aws_s3_bucket_server_side_encryption_configuration": [{
		"at": ["rule", "apply_server_side_encryption_by_default"], "says": {"kind": "algorithm", "purpose": "encryption at rest"},
		"values": {"name": ["sse_algorithm"], "key": ["kms_master_key_id"]},
	}],
	"aws_ebs_volume": [{"at": [], "where": {"encrypted": ["TRUE"]}, "says": at_rest, "values": {"key": ["kms_key_id"]}}],
	"aws_ebs_encryption_by_default": [{"at": [], "says": at_rest, "where": {"enabled": ["TRUE", "NULL"]}, "values": {}}],
	"aws_efs_file_system": [{"at": [], "where": {"encrypted": ["TRUE"]}, "says": at_rest, "values": {"key": ["kms_key_id"]}}],
	"aws_dynamodb_table": [{
		"at": ["server_side_encryption"], "where": {"enabled": ["TRUE"]}, "says": at_rest,
		"values": {"key": ["kms_key_arn"]}, "defaults": {"key": "aws/dynamodb (default of AWS)"},
	}],
	"aws_eks_cluster": [{"at": ["encryption_config", "provider"], "says": object.union(at_rest, {"purpose": "secrets of the cluster"}), "values": {"key": ["key_arn"]}}],
	"aws_sqs_queue": [{"at": [], "having": ["kms_master_key_id"], "says": at_rest, "values": {"key": ["kms_master_key_id"]}}],
	"aws_sns_topic": [{"at": [], "having": ["kms_master_key_id"], "says": at_rest, "values": {"key": ["kms_master_key_id"]}}],
	"aws_kinesis_stream": [{"at": [], "where": {"encryption_type": ["KMS"]}, "says": at_rest, "values": {"key": ["kms_key_id"]}}],
	"aws_cloudwatch_log_group": keyed,
	"aws_cloudtrail": keyed,
	"aws_secretsmanager_secret": keyed,
	"aws_redshift_cluster": keyed,
}

applies contains s.id if {
	some type, _ in table
	s := input.terraform[type][_]
}

deny contains found if {
	some type, rows in table
	s := input.terraform[type][_]
	some row in rows
	found := inventory.entries(s, row)[_]
}
