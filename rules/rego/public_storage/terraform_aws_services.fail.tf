resource "aws_codebuild_project" "shop" {
  project_visibility = "PUBLIC_READ" # expect
}

resource "aws_dms_s3_endpoint" "rows" {
  canned_acl_for_objects = "public-read" # expect
}

resource "aws_ecrpublic_repository" "till" { # expect
  repository_name = "till"
}

resource "aws_ssm_service_setting" "sharing" {
  setting_id    = "arn:aws:ssm:eu-west-1:111:servicesetting/ssm/documents/console/public-sharing-permission"
  setting_value = "Enable" # expect
}

resource "aws_storagegateway_nfs_file_share" "branch" {
  object_acl = "public-read" # expect
}

resource "aws_storagegateway_smb_file_share" "office" {
  object_acl = "authenticated-read" # expect
}
