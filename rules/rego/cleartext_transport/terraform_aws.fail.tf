resource "aws_lb_listener" "http" {
  port     = 80
  protocol = "HTTP" # expect
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:x"
  }
}

resource "aws_elb" "classic" {
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http" # expect
  }
}

resource "aws_elasticache_replication_group" "sessions" { # expect
  replication_group_id = "sessions"
}

resource "aws_msk_cluster" "events" {
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT" # expect
      in_cluster    = false # expect
    }
  }
}

resource "aws_opensearch_domain" "search" {
  domain_endpoint_options {
    enforce_https = false # expect
  }
  node_to_node_encryption {
    enabled = false # expect
  }
}

resource "aws_dms_endpoint" "source" {
  ssl_mode = "none" # expect
}

resource "aws_ecs_task_definition" "worker" {
  family = "worker"
  volume {
    name = "files"
    efs_volume_configuration { # expect
      file_system_id = "fs-1"
    }
  }
}

resource "aws_elasticache_replication_group" "migrating" {
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred" # expect
}

resource "aws_dms_endpoint" "silent" { # expect
  endpoint_type = "source"
  engine_name   = "postgres"
}

resource "aws_cloudsearch_domain" "orders" {
  name = "orders"

  endpoint_options {
    enforce_https = false # expect
  }
}

resource "aws_cloudsearch_domain" "cards" { # expect
  name = "cards"
}
