resource "aws_db_option_group" "ledger_0" {
  engine_name = "oracle-ee"
  option {
    option_name = "SSL"
    option_settings {
      name  = "SQLNET.SSL_VERSION"
      value = "1.2 or 1.0" # expect
    }
  }
}

resource "aws_db_option_group" "ledger_1" {
  engine_name = "oracle-ee"
  option {
    option_name = "SSL"
    option_settings {
      name  = "SQLNET.SSL_VERSION"
      value = "1.0" # expect
    }
  }
}
