resource "aws_db_instance" "orders" {
  publicly_accessible = false
}

resource "aws_mq_broker" "events" {
  broker_name = "events"
}

resource "aws_msk_cluster" "events" {
  broker_node_group_info { client_subnets = [] }
}
