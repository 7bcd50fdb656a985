variable "groups" { type = list(string) }
variable "range" { type = string }

resource "aws_eks_node_group" "workers" {
  cluster_name = "main"
  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = var.groups
  }
}

resource "aws_db_security_group" "old" {
  name = "old"
  ingress {
    cidr = var.range
  }
}
