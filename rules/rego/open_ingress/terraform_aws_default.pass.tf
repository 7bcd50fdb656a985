resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

# Adopted, and emptied.
resource "aws_default_security_group" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_security_group" "inside" {
  vpc_id = aws_vpc.shop.id

  ingress {
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
}

# Only adopted to be removed.
resource "aws_default_vpc" "gone" {
  force_destroy = true
}
