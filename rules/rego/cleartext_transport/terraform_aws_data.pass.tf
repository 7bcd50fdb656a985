resource "aws_datasync_location_hdfs" "lake" {
  qop_configuration {
    rpc_protection           = "PRIVACY"
    data_transfer_protection = "PRIVACY"
  }
}

resource "aws_datasync_location_hdfs" "default" {
  simple_user = "shop"
}

resource "aws_storagegateway_gateway" "branch" {
  smb_security_strategy = "MandatoryEncryptionNoAes128"
}

resource "aws_storagegateway_gateway" "volumes" {
  gateway_type = "CACHED"
}
