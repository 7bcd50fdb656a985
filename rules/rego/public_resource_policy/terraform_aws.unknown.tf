variable "policy" { type = string }
variable "partner" { type = string }

resource "aws_sns_topic_policy" "alerts" {
  arn    = "arn:aws:sns:eu-central-1:1:alerts"
  policy = var.policy
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = "https://sqs.example/orders"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = var.partner }, Action = "sqs:SendMessage", Resource = "*" }]
  })
}

# The domain may lie in a network.
resource "aws_opensearch_domain_policy" "elsewhere" {
  domain_name = "elsewhere"
  access_policies = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "es:*", Resource = "*" }]
  })
}
