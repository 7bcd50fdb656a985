resource "aws_s3_bucket" "receipts" {
  bucket = "receipts"
}

resource "aws_s3_bucket_logging" "receipts" {
  bucket        = aws_s3_bucket.receipts.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "receipts/"
}

# Where the logs go.
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket" "older" {
  bucket = "older"
  logging {
    target_bucket = aws_s3_bucket.logs.id
  }
}

resource "aws_networkfirewall_firewall" "edge" {
  name = "edge"
}

resource "aws_networkfirewall_logging_configuration" "edge" {
  firewall_arn = aws_networkfirewall_firewall.edge.arn
}

resource "aws_route53_zone" "private" {
  name = "internal.example"
  vpc {
    vpc_id = "vpc-1"
  }
}

resource "aws_route53_zone" "shop" {
  name = "shop.example"
}

resource "aws_route53_query_log" "shop" {
  zone_id                  = aws_route53_zone.shop.zone_id
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:1:log-group:dns"
}
