variable "password" { sensitive = true }

resource "aws_instance" "worker" {
  user_data = <<-EOF
    #!/bin/bash
    export DB_PASSWORD=${var.password}
  EOF
}

resource "aws_launch_template" "nodes" {
  user_data = base64encode(templatefile("start.sh", { password = var.password }))
}
