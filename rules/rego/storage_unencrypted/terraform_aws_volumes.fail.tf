resource "aws_instance" "worker" {
  ami = "ami-1"
  root_block_device { # expect
    volume_size = 20
  }
  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = false # expect
  }
}

resource "aws_launch_template" "nodes" {
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs { # expect
      volume_size = 40
    }
  }
}

resource "aws_launch_configuration" "old" {
  root_block_device {
    encrypted = false # expect
  }
}

resource "aws_spot_instance_request" "batch" {
  ebs_block_device { # expect
    device_name = "/dev/sdb"
  }
}

resource "aws_spot_fleet_request" "batch" {
  launch_specification {
    root_block_device {
      encrypted = "false" # expect
    }
  }
}

resource "aws_ami" "golden" {
  ebs_block_device { # expect
    device_name = "/dev/xvda"
  }
}

resource "aws_imagebuilder_image_recipe" "golden" {
  block_device_mapping {
    device_name = "/dev/xvdb"
    ebs {
      encrypted = false # expect
    }
  }
}

resource "aws_imagebuilder_container_recipe" "base" {
  instance_configuration {
    block_device_mapping {
      ebs { # expect
        volume_size = 20
      }
    }
  }
}
