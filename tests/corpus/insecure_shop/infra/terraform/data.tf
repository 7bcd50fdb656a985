resource "aws_db_subnet_group" "private" {
  name       = "private"
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_db_parameter_group" "postgres" {
  name   = "kettlewick-postgres"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "log_connections"
    value = "1"
  }
}

resource "aws_db_instance" "orders" {
  identifier                      = "orders"
  engine                          = "postgres"
  instance_class                  = "db.m7g.large"
  allocated_storage               = 200
  username                        = "checkout"
  manage_master_user_password     = true
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.orders.arn
  publicly_accessible             = false
  parameter_group_name            = aws_db_parameter_group.postgres.name
  db_subnet_group_name            = aws_db_subnet_group.private.name
  vpc_security_group_ids          = [aws_security_group.database.id]
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  tags                            = local.in_scope
}

# A copy of last year's orders for the analysts. No cards in it, they say.
resource "aws_db_instance" "reporting" {
  identifier                      = "reporting"
  engine                          = "postgres"
  instance_class                  = "db.t4g.large"
  allocated_storage               = 100
  username                        = "analyst"
  manage_master_user_password     = true
  storage_encrypted               = false
  publicly_accessible             = true
  parameter_group_name            = aws_db_parameter_group.postgres.name
  db_subnet_group_name            = aws_db_subnet_group.private.name
  vpc_security_group_ids          = [aws_security_group.database.id]
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
}

resource "aws_db_instance" "analytics" {
  identifier                      = "analytics"
  engine                          = "postgres"
  instance_class                  = "db.t4g.large"
  allocated_storage               = 100
  username                        = "analyst"
  manage_master_user_password     = true
  storage_encrypted               = var.encrypt_analytics
  publicly_accessible             = false
  parameter_group_name            = aws_db_parameter_group.postgres.name
  db_subnet_group_name            = aws_db_subnet_group.private.name
  vpc_security_group_ids          = [aws_security_group.database.id]
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
}

resource "aws_elasticache_replication_group" "baskets" {
  replication_group_id       = "baskets"
  description                = "Baskets and what is kept between two pages"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  transit_encryption_enabled = false
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions of logged-in customers"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  user_group_ids             = ["sessions"]
}

resource "aws_sqs_queue" "settlement" {
  name                    = "settlement"
  sqs_managed_sse_enabled = false
}

resource "aws_sqs_queue" "receipts" {
  name              = "receipts"
  kms_master_key_id = aws_kms_key.orders.arn
}

# Spool of the settlement worker: batch files until the acquirer has confirmed them.
resource "aws_ebs_volume" "spool" {
  availability_zone = "${var.region}a"
  size              = 20
  type              = "gp3"
}

resource "aws_ebs_volume" "models" {
  availability_zone = "${var.region}a"
  size              = 20
  type              = "gp3"
  encrypted         = true
}

resource "azurerm_redis_cache" "tearoom" {
  name                          = "kettlewick-tearoom"
  resource_group_name           = "tearoom"
  location                      = "uksouth"
  capacity                      = 1
  family                        = "C"
  sku_name                      = "Standard"
  minimum_tls_version           = "1.0"
  non_ssl_port_enabled          = true
  public_network_access_enabled = false
}
