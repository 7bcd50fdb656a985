resource "aws_load_balancer_policy" "own" {
  policy_type_name = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "RC4-MD5" # expect
    value = "true"
  }
  policy_attribute {
    name  = "ECDHE-RSA-AES128-GCM-SHA256"
    value = "true"
  }
}

resource "aws_load_balancer_policy" "named" {
  policy_type_name = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-2014-01" # expect
  }
}

resource "aws_lb_ssl_negotiation_policy" "old" {
  attribute {
    name  = "DES-CBC3-SHA" # expect
    value = true
  }
}

resource "aws_lb_listener" "shop" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS-1-0-2015-04" # expect
}

resource "aws_transfer_server" "files" {
  security_policy_name = "TransferSecurityPolicy-2018-11" # expect
}

resource "aws_transfer_server" "unsaid" { # expect
  protocols = ["SFTP"]
}

resource "aws_db_option_group" "ledger" {
  option {
    option_name = "SSL"
    option_settings {
      name  = "SQLNET.CIPHER_SUITE"
      value = "SSL_RSA_WITH_3DES_EDE_CBC_SHA" # expect
    }
  }
}
