# What the checkout has in AWS beside the cluster: the shop's Beanstalk, its hosts, the ledger's options, reports and roles.
resource "aws_vpc" "checkout" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "checkout" {
  vpc_id               = aws_vpc.checkout.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::kettlewick-flows"
}

# Adopted, and emptied.
resource "aws_default_security_group" "checkout" {
  vpc_id = aws_vpc.checkout.id
}

resource "aws_network_acl" "data" {
  vpc_id     = aws_vpc.checkout.id
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 5432
    to_port    = 5432
    cidr_block = "10.40.16.0/20"
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"

  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "Protocol"
    value     = "HTTPS"
  }
  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "SSLPolicy"
    value     = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  }
  setting {
    namespace = "aws:elbv2:listener:default"
    name      = "ListenerEnabled"
    value     = "false"
  }
}

resource "aws_db_option_group" "ledger" {
  name                 = "ledger"
  engine_name          = "oracle-ee"
  major_engine_version = "19"

  option {
    option_name = "NATIVE_NETWORK_ENCRYPTION"
    option_settings {
      name  = "SQLNET.ENCRYPTION_SERVER"
      value = "REQUIRED"
    }
    option_settings {
      name  = "SQLNET.ENCRYPTION_TYPES_SERVER"
      value = "AES256"
    }
    option_settings {
      name  = "SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS"
      value = "FALSE"
    }
  }

  option {
    option_name = "SSL"
    option_settings {
      name  = "SQLNET.SSL_VERSION"
      value = "1.2"
    }
    option_settings {
      name  = "SQLNET.CIPHER_SUITE"
      value = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    }
  }
}

resource "aws_kms_key" "data" {
  description             = "orders at rest"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_secretsmanager_secret" "acquirer" {
  name       = "checkout/acquirer"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_secretsmanager_secret_rotation" "acquirer" {
  secret_id           = aws_secretsmanager_secret.acquirer.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_ebs_volume" "orders" {
  availability_zone = "eu-central-1a"
  size              = 100
  encrypted         = true
  kms_key_id        = aws_kms_key.data.arn
}

resource "aws_launch_template" "workers" {
  name = "workers"

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 40
      encrypted   = true
      kms_key_id  = "arn:aws:kms:eu-central-1:111122223333:key/5d1f0c3a-8f1b-4b7a-9a51-0c6c1d2e3f40"
    }
  }
}

resource "aws_athena_workgroup" "reconciliation" {
  name = "reconciliation"

  configuration {
    enforce_workgroup_configuration = true

    result_configuration {
      output_location = "s3://kettlewick-query-results/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.data.arn
      }
    }
  }
}

resource "aws_eks_cluster" "reports" {
  name                      = "reports"
  role_arn                  = "arn:aws:iam::111122223333:role/reports"
  version                   = "1.32"
  enabled_cluster_log_types = ["api", "audit", "authenticator"]

  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0b1b2c3d4e5f60718"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }

  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.data.arn
    }
  }
}

resource "aws_iam_role" "shoppers" {
  name = "shoppers"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "cognito-identity.amazonaws.com" }
      Condition = {
        StringEquals             = { "cognito-identity.amazonaws.com:aud" = "eu-central-1:1f0f5b4e-7a52-4b0e-9d6b-0f4f2f1b8a11" }
        "ForAnyValue:StringLike" = { "cognito-identity.amazonaws.com:amr" = "authenticated" }
      }
    }]
  })
}
