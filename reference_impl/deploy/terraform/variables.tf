variable "region" {
  type        = string
  default     = "eu-central-1"
  description = "Where all of it is"
}

variable "domain" {
  type        = string
  description = "The name that callers use, with a hosted zone of this account"
}

variable "zone_id" {
  type        = string
  description = "The Route 53 zone of that name"
}

variable "outside_cidrs" {
  type        = list(string)
  description = "Addresses of the card gateway, the processor and the issuer: nothing else outside is reached"
}

variable "cluster_oidc_provider_arn" {
  type        = string
  description = "The identity provider of the Kubernetes cluster: its service accounts take the service's role"
}

variable "cluster_issuer" {
  type        = string
  description = "Its issuer, without https://"
}

locals {
  account        = data.aws_caller_identity.this.account_id
  zones          = ["a", "b", "c"]
  vpc_cidr       = "10.20.0.0/16"
  public_cidrs   = ["10.20.0.0/24", "10.20.1.0/24", "10.20.2.0/24"]
  node_cidrs     = ["10.20.16.0/22", "10.20.20.0/22", "10.20.24.0/22"]
  data_cidrs     = ["10.20.48.0/24", "10.20.49.0/24", "10.20.50.0/24"]
  endpoint_cidrs = ["10.20.52.0/24", "10.20.53.0/24", "10.20.54.0/24"]
  retention_days = 365
}
