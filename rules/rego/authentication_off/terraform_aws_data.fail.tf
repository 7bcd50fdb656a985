resource "aws_datasync_location_hdfs" "lake" {
  authentication_type = "SIMPLE" # expect
}

resource "aws_dms_endpoint" "cache" {
  redis_settings {
    auth_type = "none" # expect
  }
}

resource "aws_neptune_cluster" "links" { # expect
  storage_encrypted = true
}

resource "aws_neptune_cluster" "paths" {
  iam_database_authentication_enabled = false # expect
}

resource "aws_storagegateway_smb_file_share" "office" {
  authentication = "GuestAccess" # expect
}

resource "aws_msk_configuration" "orders" {
  # expect next
  server_properties = <<-PROPERTIES
    auto.create.topics.enable = false
    allow.everyone.if.no.acl.found = true
  PROPERTIES
}
