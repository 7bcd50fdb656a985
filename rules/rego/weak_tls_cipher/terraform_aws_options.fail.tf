resource "aws_db_option_group" "ledger_0" {
  engine_name = "oracle-ee"
  option {
    option_name = "NATIVE_NETWORK_ENCRYPTION"
    option_settings {
      name  = "SQLNET.ENCRYPTION_TYPES_SERVER"
      value = "RC4_256,AES256" # expect
    }
  }
}

resource "aws_db_option_group" "ledger_1" {
  engine_name = "oracle-ee"
  option {
    option_name = "NATIVE_NETWORK_ENCRYPTION"
    option_settings {
      name  = "SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS"
      value = "TRUE" # expect
    }
  }
}
