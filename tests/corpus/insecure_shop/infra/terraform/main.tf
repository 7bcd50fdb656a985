terraform {
  required_version = ">= 1.9"

  required_providers {
    aws     = { source = "hashicorp/aws", version = "~> 5.80" }
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.14" }
    tls     = { source = "hashicorp/tls", version = "~> 4.0" }
  }
}

provider "aws" {
  region = var.region
}

provider "azurerm" {
  features {}
}

locals {
  # Everything that sees a card carries this tag; the auditors filter by it.
  in_scope = {
    "pci-scope" = "true"
    "owner"     = "payments"
  }
}

variable "region" {
  type    = string
  default = "eu-west-2"
}

variable "certificate_arn" {
  type = string
}

variable "office_cidrs" {
  type    = list(string)
  default = ["198.51.100.16/29"]
}

variable "partner_cidrs" {
  description = "Where the fulfilment partner logs in from; set per environment."
  type        = list(string)
}

variable "partner_ssl_policy" {
  type = string
}

variable "encrypt_analytics" {
  type = bool
}

variable "orders_secret_name" {
  type    = string
  default = "kettlewick/orders/database"
}

variable "webhook_secret" {
  type    = string
  default = "whk-Genmaicha-2291-Sencha"
}

output "webhook_secret" {
  value     = var.webhook_secret
  sensitive = true
}
