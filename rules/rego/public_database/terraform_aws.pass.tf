resource "aws_db_instance" "orders" {
  publicly_accessible = false
}

resource "aws_mq_broker" "events" {
  broker_name = "events"
}

resource "aws_msk_cluster" "events" {
  broker_node_group_info { client_subnets = [] }
}

# private where nothing is said
resource "aws_dms_replication_instance" "move" {
  replication_instance_id = "move"
}

resource "aws_lightsail_database" "shop" {
  publicly_accessible = false
}

resource "aws_emr_block_public_access_configuration" "on" {
  block_public_security_group_rules = true
  permitted_public_security_group_rule_range {
    min_range = 22
    max_range = 22
  }
}

resource "aws_db_snapshot" "orders" {
  shared_accounts = ["111122223333"]
}
