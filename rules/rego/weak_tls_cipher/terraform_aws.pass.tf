resource "aws_load_balancer_policy" "own" {
  policy_type_name = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "ECDHE-RSA-AES128-GCM-SHA256"
    value = "true"
  }
  policy_attribute {
    name  = "RC4-MD5"
    value = "false"
  }
}

resource "aws_load_balancer_policy" "key" {
  policy_type_name = "PublicKeyPolicyType"
  policy_attribute {
    name  = "PublicKey"
    value = "true"
  }
}

resource "aws_lb_listener" "shop" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}

resource "aws_transfer_server" "files" {
  security_policy_name = "TransferSecurityPolicy-2024-01"
}

resource "aws_db_option_group" "ledger" {
  option {
    option_name = "SSL"
    option_settings {
      name  = "SQLNET.CIPHER_SUITE"
      value = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    }
  }
}
