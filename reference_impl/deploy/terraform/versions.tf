terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.82"
    }
  }
  backend "s3" {
    bucket  = "payment-terraform-state"
    key     = "payment-service.tfstate"
    region  = "eu-central-1"
    encrypt = true
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { service = "payment-service", pci-scope = "true" }
  }
}

data "aws_caller_identity" "this" {}
