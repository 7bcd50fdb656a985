resource "aws_appmesh_virtual_node" "orders" {
  spec {
    listener {
      tls { mode = "STRICT" }
    }
    backend_defaults {
      client_policy {
        tls {
          validation {
            trust {
              acm { certificate_authority_arns = ["arn:aws:acm-pca:x"] }
            }
          }
        }
      }
    }
  }
}

resource "aws_datasync_location_efs" "files" {
  in_transit_encryption = "TLS1_2"
}

# HTTPS where nothing is said
resource "aws_datasync_location_object_storage" "objects" {
  server_hostname = "objects.example.com"
}

resource "aws_dax_cluster" "orders" {
  cluster_endpoint_encryption_type = "TLS"
}

resource "aws_dms_endpoint" "kafka" {
  engine_name = "kafka"
  kafka_settings {
    security_protocol = "sasl-ssl"
  }
}

resource "aws_dms_endpoint" "redis" {
  engine_name = "redis"
  redis_settings { server_name = "cache.example.com" }
}

resource "aws_elasticache_cluster" "memcached" {
  engine                     = "memcached"
  transit_encryption_enabled = true
}

# it cannot have TLS by itself, or it has that of its group
resource "aws_elasticache_cluster" "redis" {
  engine               = "redis"
  replication_group_id = "sessions"
}

resource "aws_memorydb_cluster" "sessions" {
  name = "sessions"
}

resource "aws_mskconnect_connector" "sink" {
  kafka_cluster_encryption_in_transit { encryption_type = "TLS" }
}

resource "aws_glue_connection" "orders" {
  connection_properties = {
    JDBC_ENFORCE_SSL = "true"
  }
}

resource "aws_sns_topic_subscription" "worker" {
  protocol = "sqs"
  endpoint = "arn:aws:sqs:eu-central-1:111122223333:orders"
}

resource "aws_transfer_server" "files" {
  protocols = ["SFTP", "FTPS"]
}

resource "aws_batch_job_definition" "settle" {
  container_properties = jsonencode({
    volumes = [
      { name = "scratch", host = { sourcePath = "/tmp" } },
      { name = "files", efsVolumeConfiguration = { fileSystemId = "fs-1", transitEncryption = "ENABLED" } },
    ]
  })
}

resource "aws_sesv2_configuration_set" "receipts" {
  delivery_options { tls_policy = "REQUIRE" }
}
