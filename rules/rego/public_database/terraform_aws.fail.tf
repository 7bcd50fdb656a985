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
