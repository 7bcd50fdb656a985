resource "aws_instance" "worker" {
  ami = "ami-1"
  root_block_device {
    encrypted = true
  }
}

# Its template says it.
resource "aws_instance" "templated" {
  launch_template {
    id = "lt-1"
  }
}

resource "aws_elasticache_cluster" "replica" {
  replication_group_id = "sessions"
}

# Keeps nothing on disk.
resource "aws_elasticache_cluster" "pages" {
  engine = "memcached"
}
