resource "aws_opensearch_domain" "search" { # expect
  domain_name = "search"
}

resource "aws_elasticsearch_domain" "search" { # expect
  domain_name = "search"
}

resource "aws_opensearchserverless_security_policy" "open" {
  type = "network"
  policy = jsonencode([{
    Rules           = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
    AllowFromPublic = true # expect
  }])
}
