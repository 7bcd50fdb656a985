resource "aws_codebuild_project" "shop" {
  project_visibility = "PRIVATE"
}

resource "aws_codebuild_project" "till" {
}

resource "aws_dms_s3_endpoint" "rows" {
  canned_acl_for_objects = "bucket-owner-full-control"
}

resource "aws_ecr_repository" "till" {
}

resource "aws_ssm_service_setting" "sharing" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Disable"
}

resource "aws_ssm_service_setting" "throughput" {
  setting_id    = "/ssm/parameter-store/high-throughput-enabled"
  setting_value = "Enable"
}

resource "aws_storagegateway_nfs_file_share" "branch" {
  object_acl = "private"
}
