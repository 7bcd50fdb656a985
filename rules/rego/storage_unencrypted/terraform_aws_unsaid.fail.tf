resource "aws_instance" "worker" { # expect
  ami = "ami-1"
}

resource "aws_launch_configuration" "old" { # expect
  image_id = "ami-1"
}

resource "aws_elasticache_cluster" "sessions" {
  engine = "redis" # expect
}
