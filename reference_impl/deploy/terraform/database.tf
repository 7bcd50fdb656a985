resource "aws_db_subnet_group" "payments" {
  name       = "payments"
  subnet_ids = aws_subnet.data[*].id
}

resource "aws_db_parameter_group" "payments" {
  name   = "payments-postgres16"
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
  parameter {
    name  = "ssl_min_protocol_version"
    value = "TLSv1.2"
  }
  parameter {
    name  = "log_connections"
    value = "1"
  }
  parameter {
    name  = "log_disconnections"
    value = "1"
  }
  # Statements that change tables, grants or roles; none that holds values.
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
  parameter {
    name  = "log_parameter_max_length"
    value = "0"
  }
  parameter {
    name  = "log_parameter_max_length_on_error"
    value = "0"
  }
}

resource "aws_db_instance" "payments" {
  identifier                          = "payments"
  engine                              = "postgres"
  engine_version                      = "16.6"
  instance_class                      = "db.m7g.large"
  allocated_storage                   = 200
  max_allocated_storage               = 1000
  storage_type                        = "gp3"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.storage.arn
  db_name                             = "payments"
  username                            = "postgres_owner"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  db_subnet_group_name                = aws_db_subnet_group.payments.name
  vpc_security_group_ids              = [aws_security_group.database.id]
  parameter_group_name                = aws_db_parameter_group.payments.name
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
  publicly_accessible                 = false
  multi_az                            = true
  backup_retention_period             = 35
  copy_tags_to_snapshot               = true
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "payments-final"
  auto_minor_version_upgrade          = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.storage.arn
}

resource "aws_cloudwatch_log_group" "database" {
  name              = "/aws/rds/instance/payments/postgresql"
  retention_in_days = local.retention_days
  kms_key_id        = aws_kms_key.storage.arn
}

resource "aws_elasticache_subnet_group" "counts" {
  name       = "payment-counts"
  subnet_ids = aws_subnet.data[*].id
}

variable "redis_password" {
  type        = string
  sensitive   = true
  description = "At least 16 characters; the same is in the Secret payment-redis of the cluster"
}

resource "aws_elasticache_replication_group" "counts" {
  replication_group_id       = "payment-counts"
  description                = "Counts of limits and of payments"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.counts.name
  security_group_ids         = [aws_security_group.counts.id]
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.storage.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  auth_token                 = var.redis_password
  snapshot_retention_limit   = 0 # counters of a day: a copy would keep devices and addresses of who was erased
}
