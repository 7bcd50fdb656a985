resource "aws_instance" "worker" {
  ami = "ami-1"
  root_block_device {
    encrypted = true
  }
}

# nothing is said about its volumes: the account decides
resource "aws_instance" "plain" {
  ami = "ami-1"
}
