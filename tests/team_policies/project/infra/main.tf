variable "port" {
  default = 80
}

resource "aws_lb_listener" "front" {
  port     = var.port
  protocol = "HTTP"
  default_action {
    type = "forward"
  }
}

resource "aws_lb_listener" "moved" {
  protocol = "HTTP"
  default_action {
    type = "redirect"
  }
}

resource "aws_s3_bucket" "receipts" {}

resource "aws_s3_bucket" "logs" {}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id
}

resource "aws_security_group" "all" {
  ingress {
    cidr_blocks = ["0.0.0.0/0"]
  }
}
