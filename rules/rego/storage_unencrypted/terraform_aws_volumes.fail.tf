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
