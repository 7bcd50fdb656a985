resource "aws_db_option_group" "ledger_0" {
  engine_name = "oracle-ee"
  option {
    option_name = "NATIVE_NETWORK_ENCRYPTION"
    option_settings {
      name  = "SQLNET.ENCRYPTION_TYPES_SERVER"
      value = "AES256,AES192"
    }
  }
}

resource "aws_db_option_group" "ledger_1" {
  engine_name = "oracle-ee"
  option {
    option_name = "NATIVE_NETWORK_ENCRYPTION"
    option_settings {
      name  = "SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS"
      value = "FALSE"
    }
  }
}

resource "aws_db_option_group" "ledger_2" {
  engine_name = "oracle-ee"
  option {
    option_name = "SSL"
    option_settings {
      name  = "SQLNET.CIPHER_SUITE"
      value = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    }
  }
}
