resource "aws_opensearch_domain" "search" {
  vpc_options {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }
}

resource "aws_opensearchserverless_security_policy" "closed" {
  type = "network"
  policy = jsonencode([{
    Rules           = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
    AllowFromPublic = false
    SourceVPCEs     = ["vpce-1"]
  }])
}

resource "aws_opensearchserverless_security_policy" "encryption" {
  type   = "encryption"
  policy = jsonencode({ Rules = [], AWSOwnedKey = true })
}
