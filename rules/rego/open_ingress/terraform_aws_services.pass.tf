resource "aws_lightsail_instance_public_ports" "shop" {
  instance_name = "shop"
  port_info {
    protocol  = "tcp"
    from_port = 443
    to_port   = 443
  }
  port_info {
    protocol  = "tcp"
    from_port = 22
    to_port   = 22
    cidrs     = ["198.51.100.7/32"]
  }
  port_info {
    protocol          = "tcp"
    from_port         = 22
    to_port           = 22
    cidr_list_aliases = ["lightsail-connect"]
  }
}

resource "aws_db_security_group" "old" {
  name = "old"
  ingress {
    cidr = "10.0.0.0/24"
  }
}

resource "aws_emr_block_public_access_configuration" "account" {
  block_public_security_group_rules = true
  permitted_public_security_group_rule_range {
    min_range = 443
    max_range = 443
  }
}

resource "aws_eks_node_group" "workers" {
  cluster_name = "main"
  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = ["sg-1"]
  }
}

# No key, no SSH.
resource "aws_eks_node_group" "sealed" {
  cluster_name = "main"
}

resource "aws_gamelift_fleet" "fleet" {
  name = "fleet"
  ec2_inbound_permission {
    protocol  = "UDP"
    from_port = 7777
    to_port   = 7777
    ip_range  = "0.0.0.0/0"
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "SSHSourceRestriction"
    value     = "tcp,22,22,198.51.100.0/24"
  }
}

resource "aws_workspaces_ip_group" "office" {
  rules {
    source = "203.0.113.0/24"
  }
}

resource "aws_networkfirewall_firewall_policy" "edge" {
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:drop"]
  }
}
