resource "aws_msk_cluster" "events" {
  client_authentication {
    unauthenticated = true # expect
    sasl { iam = true }
  }
}

resource "aws_msk_cluster" "unsaid" { # expect
  cluster_name = "unsaid"
}

resource "aws_mskconnect_connector" "sink" {
  kafka_cluster_client_authentication {
    authentication_type = "NONE" # expect
  }
}

resource "aws_elasticache_replication_group" "sessions" { # expect
  replication_group_id       = "sessions"
  transit_encryption_enabled = true
  user_group_ids             = []
}

resource "aws_elasticache_user" "default" {
  user_name            = "default"
  access_string        = "on ~* +@all"
  no_password_required = true # expect
}

resource "aws_elasticache_user" "app" {
  user_name     = "app"
  access_string = "on ~app:* +@all -@dangerous"
  authentication_mode {
    type = "no-password-required" # expect
  }
}

resource "aws_memorydb_cluster" "cart" {
  acl_name = "open-access" # expect
}

resource "aws_dms_endpoint" "old" {
  engine_name = "mongodb"
  ssl_mode    = "verify-full"
  mongodb_settings {
    auth_type = "no" # expect
  }
}

resource "aws_opensearch_domain" "inside" {
  vpc_options { subnet_ids = ["subnet-1"] }
  access_policies = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "es:*", Resource = "*" }] }) # expect
}

resource "aws_elasticsearch_domain" "anonymous" {
  advanced_security_options {
    enabled                = true
    anonymous_auth_enabled = true # expect
  }
}

resource "aws_cognito_identity_pool" "shop" {
  allow_unauthenticated_identities = true # expect
}

resource "aws_codepipeline_webhook" "push" {
  authentication = "UNAUTHENTICATED" # expect
}

resource "aws_iot_authorizer" "terminals" {
  signing_disabled = true # expect
}

resource "aws_vpclattice_service" "orders" {
  auth_type = "NONE" # expect
}

resource "aws_elasticache_serverless_cache" "cart" { # expect
  engine = "valkey"
}
