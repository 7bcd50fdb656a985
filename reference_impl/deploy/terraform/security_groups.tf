resource "aws_security_group" "balancer" {
  name        = "payment-balancer"
  description = "From everybody to the load balancer, HTTPS only"
  vpc_id      = aws_vpc.payments.id
}

resource "aws_vpc_security_group_ingress_rule" "balancer_https" {
  security_group_id = aws_security_group.balancer.id
  description       = "Callers"
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "balancer_nodes" {
  security_group_id            = aws_security_group.balancer.id
  description                  = "The API gateway"
  referenced_security_group_id = aws_security_group.nodes.id
  from_port                    = 8443
  to_port                      = 8443
  ip_protocol                  = "tcp"
}

resource "aws_security_group" "nodes" {
  name        = "payment-nodes"
  description = "The cluster's nodes; who reaches which pod is said by network policies"
  vpc_id      = aws_vpc.payments.id
}

resource "aws_vpc_security_group_ingress_rule" "nodes_balancer" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "The load balancer, to the API gateway"
  referenced_security_group_id = aws_security_group.balancer.id
  from_port                    = 8443
  to_port                      = 8443
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "nodes_nodes" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Each other"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_egress_rule" "nodes_nodes" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Each other"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_egress_rule" "nodes_database" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "PostgreSQL"
  referenced_security_group_id = aws_security_group.database.id
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "nodes_counts" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "Redis"
  referenced_security_group_id = aws_security_group.counts.id
  from_port                    = 6379
  to_port                      = 6379
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "nodes_endpoints" {
  security_group_id            = aws_security_group.nodes.id
  description                  = "AWS"
  referenced_security_group_id = aws_security_group.endpoints.id
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "nodes_outside" {
  for_each          = toset(var.outside_cidrs)
  security_group_id = aws_security_group.nodes.id
  description       = "Card gateway, processor, issuer"
  cidr_ipv4         = each.value
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}

resource "aws_security_group" "database" {
  name        = "payment-database"
  description = "From the nodes, PostgreSQL only"
  vpc_id      = aws_vpc.payments.id
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  description                  = "The payment service"
  referenced_security_group_id = aws_security_group.nodes.id
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
}

resource "aws_security_group" "counts" {
  name        = "payment-counts"
  description = "From the nodes, Redis only"
  vpc_id      = aws_vpc.payments.id
}

resource "aws_vpc_security_group_ingress_rule" "counts" {
  security_group_id            = aws_security_group.counts.id
  description                  = "The payment service"
  referenced_security_group_id = aws_security_group.nodes.id
  from_port                    = 6379
  to_port                      = 6379
  ip_protocol                  = "tcp"
}

resource "aws_security_group" "endpoints" {
  name        = "payment-endpoints"
  description = "From the nodes, HTTPS only"
  vpc_id      = aws_vpc.payments.id
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id            = aws_security_group.endpoints.id
  description                  = "The payment service"
  referenced_security_group_id = aws_security_group.nodes.id
  from_port                    = 443
  to_port                      = 443
  ip_protocol                  = "tcp"
}
