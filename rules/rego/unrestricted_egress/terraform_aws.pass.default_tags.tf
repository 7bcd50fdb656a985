provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "cards"
  region = "eu-central-1"
  default_tags {
    tags = { pci-scope = "true" }
  }
}

# Of the provider without tags.
resource "aws_security_group" "website" {
  name = "website"
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "vault" {
  name = "vault"
  tags = { pci-scope = "true" }
}
