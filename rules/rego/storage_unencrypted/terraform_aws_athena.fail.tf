resource "aws_athena_workgroup" "bare" { # expect
  name = "bare"
}

resource "aws_athena_workgroup" "reports" {
  configuration {
    enforce_workgroup_configuration = false # expect
    result_configuration { # expect
      output_location = "s3://reports/"
    }
  }
}

resource "aws_athena_database" "cards" { # expect
  name   = "cards"
  bucket = "reports"
}
