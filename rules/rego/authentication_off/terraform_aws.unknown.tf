variable "token" {
  type = string
}

variable "acl" {
  type = string
}

variable "policy" {
  type = string
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  auth_token           = var.token
}

resource "aws_memorydb_cluster" "cart" {
  acl_name = var.acl
}

resource "aws_opensearch_domain" "inside" {
  vpc_options { subnet_ids = ["subnet-1"] }
  access_policies = var.policy
}
