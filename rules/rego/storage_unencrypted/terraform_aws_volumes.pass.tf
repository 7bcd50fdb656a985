resource "aws_instance" "worker" {
  ami = "ami-1"
  root_block_device {
    encrypted = true
  }
}

# nothing is said about its volumes: its template decides
resource "aws_instance" "plain" {
  ami = "ami-1"
  launch_template {
    id = "lt-1"
  }
}

resource "aws_launch_template" "nodes" {
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs { encrypted = true }
  }
  block_device_mappings {
    device_name  = "/dev/sdc"
    virtual_name = "ephemeral0"
  }
}

# as its snapshot is
resource "aws_ami" "golden" {
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-1"
  }
}

resource "aws_imagebuilder_image_recipe" "golden" {
  block_device_mapping {
    ebs { encrypted = "true" }
  }
}
