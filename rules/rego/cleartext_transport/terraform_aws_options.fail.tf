resource "aws_db_option_group" "ledger_0" {
  engine_name = "oracle-ee"
  option {
    option_name = "NATIVE_NETWORK_ENCRYPTION"
    option_settings {
      name  = "SQLNET.ENCRYPTION_SERVER"
      value = "REQUESTED" # expect
    }
  }
}
