resource "aws_instance" "worker" {
  ami = "ami-1"
}

resource "aws_instance" "inside" {
  associate_public_ip_address = false
}

# Lets others out, and has to be outside for that.
resource "aws_instance" "nat" {
  associate_public_ip_address = true
  source_dest_check           = false
}

resource "aws_eip" "nat" {
  instance = aws_instance.nat.id
}

# For a gateway.
resource "aws_eip" "gateway" {
  domain = "vpc"
}

resource "aws_nat_gateway" "out" {
  allocation_id = aws_eip.gateway.id
}

resource "aws_launch_template" "nodes" {
  network_interfaces {
    associate_public_ip_address = "false"
  }
}

resource "aws_subnet" "inside" {
  map_public_ip_on_launch = false
}

resource "aws_subnet" "said_nothing" {
  cidr_block = "10.0.1.0/24"
}

# Made by AWS, as they are.
resource "aws_default_subnet" "a" {
  availability_zone = "eu-central-1a"
}

resource "aws_ecs_service" "shop" {
  network_configuration {
    subnets = ["subnet-1"]
  }
}

resource "aws_sagemaker_notebook_instance" "lab" {
  direct_internet_access = "Disabled"
}

resource "aws_sagemaker_domain" "lab" {
  app_network_access_type = "VpcOnly"
}

resource "aws_transfer_server" "files" {
  endpoint_type = "VPC"
}

resource "aws_mwaa_environment" "flows" {
  max_workers = 2
}
