resource "aws_datasync_location_hdfs" "lake" {
  authentication_type = "KERBEROS"
}

resource "aws_dms_endpoint" "cache" {
  redis_settings {
    auth_type = "auth-token"
  }
}

resource "aws_dms_endpoint" "default" {
  redis_settings {
    server_name = "cache.example.org"
  }
}

resource "aws_neptune_cluster" "links" {
  iam_database_authentication_enabled = true
}

resource "aws_storagegateway_smb_file_share" "office" {
  authentication = "ActiveDirectory"
}

resource "aws_storagegateway_smb_file_share" "default" {
}

resource "aws_msk_configuration" "orders" {
  server_properties = <<-PROPERTIES
    # allow.everyone.if.no.acl.found=true
    allow.everyone.if.no.acl.found=false
  PROPERTIES
}
