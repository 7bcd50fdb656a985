resource "aws_instance" "worker" {
  ami                         = "ami-1"
  associate_public_ip_address = true # expect
}

resource "aws_spot_instance_request" "batch" {
  associate_public_ip_address = "true" # expect
}

resource "aws_spot_fleet_request" "batch" {
  launch_specification {
    associate_public_ip_address = true # expect
  }
}

resource "aws_launch_configuration" "old" {
  associate_public_ip_address = true # expect
}

resource "aws_launch_template" "nodes" {
  network_interfaces {
    associate_public_ip_address = "true" # expect
  }
}

resource "aws_subnet" "front" {
  map_public_ip_on_launch = true # expect
}

resource "aws_eip" "worker" { # expect
  instance = aws_instance.worker.id
}

resource "aws_eip_association" "worker" { # expect
  instance_id   = "i-1"
  allocation_id = "eipalloc-1"
}

resource "aws_lightsail_static_ip_attachment" "shop" { # expect
  static_ip_name = "shop"
  instance_name  = "shop"
}

resource "aws_ecs_service" "shop" {
  network_configuration {
    subnets          = ["subnet-1"]
    assign_public_ip = true # expect
  }
}

resource "aws_ecs_task_set" "shop" {
  network_configuration {
    assign_public_ip = true # expect
  }
}

resource "aws_cloudwatch_event_target" "nightly" {
  ecs_target {
    network_configuration {
      assign_public_ip = true # expect
    }
  }
}

resource "aws_scheduler_schedule" "nightly" {
  target {
    ecs_parameters {
      network_configuration {
        assign_public_ip = true # expect
      }
    }
  }
}

resource "aws_batch_job_definition" "nightly" {
  container_properties = jsonencode({
    networkConfiguration = { assignPublicIp = "ENABLED" } # expect
  })
}

resource "aws_sagemaker_notebook_instance" "lab" { # expect
  name = "lab"
}

resource "aws_sagemaker_notebook_instance" "open_lab" {
  direct_internet_access = "Enabled" # expect
}

resource "aws_sagemaker_domain" "lab" { # expect
  domain_name = "lab"
}

resource "aws_transfer_server" "files" { # expect
  protocols = ["SFTP"]
}

resource "aws_transfer_server" "open_files" {
  endpoint_type = "PUBLIC" # expect
}

resource "aws_mwaa_environment" "flows" {
  webserver_access_mode = "PUBLIC_ONLY" # expect
}

resource "aws_appstream_fleet" "desks" {
  enable_default_internet_access = true # expect
}

resource "aws_workspaces_directory" "desks" {
  workspace_creation_properties {
    enable_internet_access = true # expect
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  setting {
    namespace = "aws:ec2:vpc"
    name      = "AssociatePublicIpAddress"
    value     = "true" # expect
  }
}

resource "aws_default_subnet" "a" {
  map_public_ip_on_launch = true # expect
}
