resource "aws_lightsail_instance_public_ports" "shop" {
  instance_name = "shop"
  port_info {
    protocol  = "tcp"
    from_port = 22
    to_port   = 22
    cidrs     = ["0.0.0.0/0"] # expect
  }
  port_info { # expect
    protocol  = "tcp"
    from_port = 3306
    to_port   = 3306
  }
}

resource "aws_db_security_group" "old" {
  name = "old"
  ingress {
    cidr = "0.0.0.0/0" # expect
  }
}

resource "aws_redshift_security_group" "old" {
  name = "old"
  ingress {
    cidr = "0.0.0.0/0" # expect
  }
}

resource "aws_emr_block_public_access_configuration" "account" {
  block_public_security_group_rules = false # expect
}

resource "aws_emr_block_public_access_configuration" "ssh" {
  block_public_security_group_rules = true
  permitted_public_security_group_rule_range { # expect
    min_range = 22
    max_range = 22
  }
}

resource "aws_eks_node_group" "workers" {
  cluster_name = "main"
  remote_access { # expect
    ec2_ssh_key = "ops"
  }
}

resource "aws_gamelift_fleet" "fleet" {
  name = "fleet"
  ec2_inbound_permission {
    protocol  = "TCP"
    from_port = 3389
    to_port   = 3389
    ip_range  = "0.0.0.0/0" # expect
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "SSHSourceRestriction"
    value     = "tcp,22,22,0.0.0.0/0" # expect
  }
}

resource "aws_workspaces_ip_group" "office" {
  rules {
    source = "0.0.0.0/0" # expect
  }
}

resource "aws_networkfirewall_firewall_policy" "edge" {
  firewall_policy {
    stateless_default_actions          = ["aws:pass"] # expect
    stateless_fragment_default_actions = ["aws:drop"]
  }
}
