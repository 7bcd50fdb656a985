resource "aws_s3_bucket" "receipts" { # expect
  bucket = "receipts"
}

resource "aws_networkfirewall_firewall" "edge" { # expect
  name = "edge"
}

resource "aws_wafv2_web_acl" "edge" { # expect
  name = "edge"
}

resource "aws_wafv2_web_acl" "logged" {
  name = "logged"
}

resource "aws_wafv2_web_acl_logging_configuration" "logged" {
  resource_arn            = aws_wafv2_web_acl.logged.arn
  log_destination_configs = ["arn:aws:s3:::aws-waf-logs"]
}

resource "aws_route53_zone" "shop" { # expect
  name = "shop.example"
}
