resource "aws_instance" "worker" {
  user_data = "#!/bin/bash\nexport DB_PASSWORD=kettle-and-cups\n" # expect
}

resource "aws_launch_template" "nodes" {
  user_data = base64encode("#!/bin/bash\ndocker run -e API_KEY='kettle-and-cups' shop\n") # expect
}

resource "aws_launch_configuration" "old" {
  user_data = "#cloud-config\nwrite_files:\n  - content: x\npassword: kettle-and-cups\n" # expect
}

variable "region" {}

# A part of it is not known, another is.
resource "aws_instance" "heredoc" { # expect
  user_data = <<-EOF
    #!/bin/bash
    export AWS_DEFAULT_REGION=${var.region}
    export AWS_SECRET_ACCESS_KEY="kettle/and/cups/for/everyone"
  EOF
}

resource "aws_spot_fleet_request" "batch" {
  launch_specification {
    user_data = "SECRET_KEY=kettle-and-cups" # expect
  }
}
