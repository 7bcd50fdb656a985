resource "aws_ebs_volume" "shop" { # expect
  encrypted = true
}

resource "aws_ebs_encryption_by_default" "region" {
  enabled = true # expect
}

resource "aws_instance" "worker" {
  root_block_device { # expect
    encrypted = true
  }
  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = true
  }
}

resource "aws_launch_template" "nodes" {
  block_device_mappings {
    ebs {
      encrypted  = true
      kms_key_id = "alias/aws/ebs" # expect
    }
  }
}

resource "aws_imagebuilder_image_recipe" "golden" {
  block_device_mapping {
    ebs { # expect
      encrypted = true
    }
  }
}
