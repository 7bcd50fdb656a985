resource "aws_datasync_location_hdfs" "lake" {
  qop_configuration {
    rpc_protection           = "AUTHENTICATION" # expect
    data_transfer_protection = "DISABLED" # expect
  }
}

resource "aws_storagegateway_gateway" "branch" {
  smb_security_strategy = "ClientSpecified" # expect
}
