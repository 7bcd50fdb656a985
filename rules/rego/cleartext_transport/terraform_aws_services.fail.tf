resource "aws_appmesh_virtual_node" "orders" {
  spec {
    backend {
      virtual_service {
        virtual_service_name = "cards"
        client_policy {
          tls {
            enforce = false # expect
          }
        }
      }
    }
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
      tls {
        mode = "PERMISSIVE" # expect
      }
    }
  }
}

resource "aws_appmesh_virtual_gateway" "entry" {
  spec {
    backend_defaults {
      client_policy {
        tls {
          enforce = "false" # expect
        }
      }
    }
    listener {
      tls {
        mode = "DISABLED" # expect
      }
    }
  }
}

resource "aws_appsync_api_cache" "cache" { # expect
  at_rest_encryption_enabled = true
}

resource "aws_datasync_location_efs" "files" {
  in_transit_encryption = "NONE" # expect
}

resource "aws_datasync_location_object_storage" "objects" {
  server_protocol = "HTTP" # expect
}

resource "aws_dax_cluster" "silent" { # expect
  cluster_name = "orders"
}

resource "aws_dax_cluster" "off" {
  cluster_endpoint_encryption_type = "NONE" # expect
}

resource "aws_dms_endpoint" "kafka" {
  engine_name = "kafka"
  kafka_settings { # expect
    broker = "b-1.example.com:9092"
  }
}

resource "aws_dms_endpoint" "redis" {
  engine_name = "redis"
  redis_settings {
    ssl_security_protocol = "plaintext" # expect
  }
}

resource "aws_elasticache_cluster" "memcached" { # expect
  engine = "memcached"
}

resource "aws_emr_security_configuration" "jobs" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = false # expect
      EnableAtRestEncryption    = true
    }
  })
}

resource "aws_glue_connection" "orders" {
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://orders.example.com/orders"
    JDBC_ENFORCE_SSL    = "false" # expect
  }
}

resource "aws_glue_connection" "events" {
  connection_type = "KAFKA"
  connection_properties = {
    KAFKA_SSL_ENABLED = false # expect
  }
}

resource "aws_memorydb_cluster" "sessions" {
  tls_enabled = false # expect
}

resource "aws_mskconnect_connector" "sink" {
  kafka_cluster_encryption_in_transit {
    encryption_type = "PLAINTEXT" # expect
  }
}

resource "aws_quicksight_data_source" "orders" {
  ssl_properties {
    disable_ssl = true # expect
  }
}

resource "aws_sns_topic_subscription" "partner" {
  protocol = "http" # expect
  endpoint = "http://partner.example.com/hook"
}

resource "aws_transfer_server" "files" {
  protocols = ["SFTP", "FTP"] # expect
}

resource "aws_batch_job_definition" "settle" {
  type = "container"
  container_properties = jsonencode({
    image = "settle"
    volumes = [{
      name                   = "files"
      efsVolumeConfiguration = { fileSystemId = "fs-1" } # expect
    }]
  })
}

resource "aws_sagemaker_data_quality_job_definition" "checks" {
  network_config {
    enable_inter_container_traffic_encryption = false # expect
  }
}

resource "aws_ses_configuration_set" "receipts" {
  delivery_options {
    tls_policy = "Optional" # expect
  }
}

resource "aws_sesv2_configuration_set" "receipts" {
  delivery_options {
    tls_policy = "OPTIONAL" # expect
  }
}
