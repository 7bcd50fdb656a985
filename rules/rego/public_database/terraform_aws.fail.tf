resource "aws_db_instance" "orders" {
  publicly_accessible = true # expect
}

variable "public" { default = true }

resource "aws_redshift_cluster" "dwh" {
  publicly_accessible = var.public # expect
}

resource "aws_msk_cluster" "events" {
  broker_node_group_info {
    connectivity_info {
      public_access {
        type = "SERVICE_PROVIDED_EIPS" # expect
      }
    }
  }
}

resource "aws_neptunegraph_graph" "fraud" {
  public_connectivity = true # expect
}

resource "aws_lightsail_database" "shop" {
  publicly_accessible = "true" # expect
}

resource "aws_timestreaminfluxdb_db_instance" "metrics" {
  publicly_accessible = true # expect
}

resource "aws_rds_shard_group" "orders" {
  publicly_accessible = true # expect
}

resource "aws_emr_block_public_access_configuration" "off" {
  block_public_security_group_rules = false # expect
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  shared_accounts        = ["all"] # expect
}

resource "aws_db_cluster_snapshot" "ledger" {
  shared_accounts = ["111122223333", "all"] # expect
}
