resource "aws_msk_cluster" "events" {
  client_authentication {
    unauthenticated = false
    sasl { iam = true }
  }
}

resource "aws_msk_cluster" "certificates" {
  client_authentication {
    tls { certificate_authority_arns = ["arn:aws:acm-pca:eu-central-1:1:certificate-authority/1"] }
  }
}

resource "aws_mskconnect_connector" "sink" {
  kafka_cluster_client_authentication {
    authentication_type = "IAM"
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  user_group_ids       = [aws_elasticache_user_group.shop.id]
}

resource "aws_elasticache_user_group" "shop" {
  user_group_id = "shop"
}

resource "random_password" "redis" {
  length = 32
}

resource "aws_elasticache_replication_group" "token" {
  replication_group_id = "token"
  auth_token           = random_password.redis.result
}

# Has what the first of the pair has.
resource "aws_elasticache_replication_group" "second" {
  replication_group_id        = "second"
  global_replication_group_id = "ldgnf-sessions"
}

# AWS makes this user in every group; switched off it lets nobody in.
resource "aws_elasticache_user" "default" {
  user_name            = "default"
  access_string        = "off ~* -@all"
  no_password_required = true
}

resource "aws_elasticache_user" "app" {
  access_string = "on ~* +@all"
  authentication_mode {
    type = "iam"
  }
}

resource "aws_memorydb_cluster" "cart" {
  acl_name = "cart"
}

resource "aws_opensearch_domain" "users" {
  vpc_options { subnet_ids = ["subnet-1"] }
  access_policies = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "es:*", Resource = "*" }] })
  advanced_security_options {
    enabled = true
  }
}

resource "aws_opensearch_domain" "roles" {
  vpc_options { subnet_ids = ["subnet-1"] }
  access_policies = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::1:role/search" }, Action = "es:*", Resource = "*" }] })
}

resource "aws_cognito_identity_pool" "shop" {
  allow_unauthenticated_identities = false
}

resource "aws_codepipeline_webhook" "push" {
  authentication = "GITHUB_HMAC"
}

resource "aws_vpclattice_service" "orders" {
  auth_type = "AWS_IAM"
}

resource "aws_elasticache_serverless_cache" "cart" {
  engine        = "redis"
  user_group_id = "shop"
}

# Memcached knows no users.
resource "aws_elasticache_serverless_cache" "pages" {
  engine = "memcached"
}
