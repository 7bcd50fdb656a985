"""A large Terraform tree, made up: root modules of three clouds that call shared modules with count and for_each.

The same for the same number of lines, on every machine. Most settings are right; about one in ten is not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

_AWS = """
resource "aws_s3_bucket" "{n}" {{
  bucket        = "${{var.name}}-{n}-${{var.stage}}"
  force_destroy = var.stage == "dev"
  tags          = merge(local.tags, {{ Name = "{n}", Owner = "team-{k}" }})
}}

resource "aws_s3_bucket_public_access_block" "{n}" {{
  bucket                  = aws_s3_bucket.{n}.id
  block_public_acls       = {good}
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}}

resource "aws_s3_bucket_policy" "{n}" {{
  bucket = aws_s3_bucket.{n}.id
  policy = data.aws_iam_policy_document.{n}.json
}}

data "aws_iam_policy_document" "{n}" {{
  statement {{
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.{n}.arn, "${{aws_s3_bucket.{n}.arn}}/*"]
    principals {{
      type        = "*"
      identifiers = ["*"]
    }}
    condition {{
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }}
  }}
}}

resource "aws_security_group" "{n}" {{
  name   = "${{var.name}}-{n}"
  vpc_id = var.network
  dynamic "ingress" {{
    for_each = var.ports
    content {{
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [{range}]
    }}
  }}
  egress {{
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.{k}.0.0/16"]
  }}
  tags = local.tags
}}

resource "aws_db_instance" "{n}" {{
  identifier              = "${{var.name}}-{n}"
  engine                  = "postgres"
  instance_class          = lookup(local.sizes, var.stage, "db.t3.small")
  allocated_storage       = 20 + {k}
  storage_encrypted       = {good}
  publicly_accessible     = false
  password                = var.database_password
  backup_retention_period = var.stage == "prod" ? 14 : 7
  vpc_security_group_ids  = [aws_security_group.{n}.id]
}}

resource "aws_iam_role_policy" "{n}" {{
  name = "{n}"
  role = aws_iam_role.{n}.id
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [for action in ["GetObject", "PutObject"] : {{
      Effect   = "Allow"
      Action   = "s3:${{action}}"
      Resource = "${{aws_s3_bucket.{n}.arn}}/*"
    }}]
  }})
}}

resource "aws_iam_role" "{n}" {{
  name               = "${{var.name}}-{n}"
  assume_role_policy = <<-EOT
    {{
      "Version": "2012-10-17",
      "Statement": [{{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {{"Service": "ec2.amazonaws.com"}}}}]
    }}
  EOT
}}
"""
_AZURE = """
resource "azurerm_storage_account" "{n}" {{
  name                            = replace("${{var.name}}{n}", "_", "")
  resource_group_name             = var.network
  location                        = local.region
  account_tier                    = "Standard"
  account_replication_type        = "GRS"
  min_tls_version                 = {tls}
  https_traffic_only_enabled      = {good}
  allow_nested_items_to_be_public = false
  tags                            = local.tags
}}

resource "azurerm_network_security_rule" "{n}" {{
  for_each                    = {{ for port in var.ports : "p${{port}}" => port }}
  name                        = each.key
  priority                    = 100 + each.value % 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = each.value
  source_address_prefix       = {range}
  destination_address_prefix  = "*"
  resource_group_name         = var.network
  network_security_group_name = "nsg-{n}"
}}

resource "azurerm_mssql_server" "{n}" {{
  name                          = "${{var.name}}-{n}"
  resource_group_name           = var.network
  location                      = local.region
  version                       = "12.0"
  administrator_login           = "app"
  administrator_login_password  = var.database_password
  minimum_tls_version           = "1.2"
  public_network_access_enabled = {bad}
}}

resource "azurerm_key_vault" "{n}" {{
  name                       = substr("${{var.name}}-{n}", 0, 24)
  location                   = local.region
  resource_group_name        = var.network
  tenant_id                  = "t"
  sku_name                   = "premium"
  purge_protection_enabled   = {good}
  soft_delete_retention_days = 30
}}
"""
_GOOGLE = """
resource "google_storage_bucket" "{n}" {{
  name                        = "${{var.name}}-{n}"
  location                    = local.region
  uniform_bucket_level_access = {good}
  public_access_prevention    = "enforced"
  labels                      = local.tags
  versioning {{
    enabled = true
  }}
}}

resource "google_compute_firewall" "{n}" {{
  name          = "{n}"
  network       = var.network
  source_ranges = [{range}]
  dynamic "allow" {{
    for_each = toset([for port in var.ports : tostring(port)])
    content {{
      protocol = "tcp"
      ports    = [allow.value]
    }}
  }}
}}

resource "google_sql_database_instance" "{n}" {{
  name             = "${{var.name}}-{n}"
  database_version = "POSTGRES_16"
  settings {{
    tier = "db-custom-2-7680"
    ip_configuration {{
      ipv4_enabled = {bad}
      ssl_mode     = "ENCRYPTED_ONLY"
    }}
    backup_configuration {{
      enabled = true
    }}
  }}
}}

resource "google_kms_crypto_key" "{n}" {{
  name            = "{n}"
  key_ring        = var.network
  rotation_period = "7776000s"
  lifecycle {{
    prevent_destroy = true
  }}
}}
"""
_VARIABLES = """
variable "name" {
  type    = string
  default = "shop"
}
variable "stage" {
  type    = string
  default = "prod"
}
variable "ports" {
  type    = list(number)
  default = [443, 8443]
}
variable "network" {}
variable "database_password" {
  sensitive = true
}

locals {
  region = "eu-central-1"
  sizes  = { prod = "db.m6g.large", dev = "db.t3.micro" }
  tags   = { Stage = var.stage, Name = upper(var.name), Team = join("-", ["team", lower(var.name)]) }
}
"""
_CALL = """
module "{n}" {{
  source            = "{source}"
  for_each          = toset(["a", "b"])
  name              = "${{var.name}}-${{each.key}}"
  stage             = var.stage
  network           = var.network
  database_password = var.database_password
}}
"""
_CLOUDS = (_AWS, _AZURE, _GOOGLE)
_SHARED = 30


def write(place: Path, lines: int) -> int:
    """Writes about that many lines below an empty folder; gives the exact number."""
    random, written, number = Random(7), 0, 0  # noqa: S311 - nothing secret
    for path, text in _files(random):
        file = place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        written, number = written + text.count("\n"), number + 1
        if written >= lines:
            break
    return written


def _files(random: Random) -> Iterator[tuple[str, str]]:
    for shared in range(_SHARED):
        cloud = _CLOUDS[shared % 3]
        yield f"modules/m{shared}/variables.tf", _VARIABLES
        yield f"modules/m{shared}/main.tf", "".join(_block(cloud, number, random) for number in range(2))
    root = 0
    while True:
        folder, cloud = f"live/r{root}", _CLOUDS[root % 3]
        calls = "".join(
            _CALL.format(n=f"m{shared}", source=f"../../modules/m{shared}")
            for shared in random.sample(range(_SHARED), 5)
        )
        yield f"{folder}/variables.tf", _VARIABLES
        yield f"{folder}/main.tf", calls
        yield f"{folder}/terraform.tfvars", 'network = "net-1"\n'
        for file in range(6):
            start = 3 * file
            yield f"{folder}/part{file}.tf", "".join(_block(cloud, start + number, random) for number in range(3))
        root += 1


def _block(cloud: str, number: int, random: Random) -> str:
    right = random.random() > 0.1
    values = {
        "n": f"x{number}",
        "k": number % 200,
        "good": str(right).lower(),
        "bad": str(not right).lower(),
        "tls": '"TLS1_2"' if right else '"TLS1_0"',
        "range": '"10.1.0.0/16"' if right else '"0.0.0.0/0"',
    }
    return cloud.format(**values)


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2])))
