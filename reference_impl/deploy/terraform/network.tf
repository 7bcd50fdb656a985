# Four tiers: what callers reach, the pods, the databases, and the endpoints of AWS. Only the first has a way in, only
# the pods' egress gateway a way out, and every pair of tiers has security groups that name each other.

resource "aws_vpc" "payments" {
  cidr_block           = local.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
}

# The group that is there by itself lets nothing through.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.payments.id
}

resource "aws_subnet" "public" {
  count                   = length(local.zones)
  vpc_id                  = aws_vpc.payments.id
  cidr_block              = local.public_cidrs[count.index]
  availability_zone       = "${var.region}${local.zones[count.index]}"
  map_public_ip_on_launch = false
}

resource "aws_subnet" "nodes" {
  count             = length(local.zones)
  vpc_id            = aws_vpc.payments.id
  cidr_block        = local.node_cidrs[count.index]
  availability_zone = "${var.region}${local.zones[count.index]}"
}

resource "aws_subnet" "data" {
  count             = length(local.zones)
  vpc_id            = aws_vpc.payments.id
  cidr_block        = local.data_cidrs[count.index]
  availability_zone = "${var.region}${local.zones[count.index]}"
}

resource "aws_subnet" "endpoints" {
  count             = length(local.zones)
  vpc_id            = aws_vpc.payments.id
  cidr_block        = local.endpoint_cidrs[count.index]
  availability_zone = "${var.region}${local.zones[count.index]}"
}

resource "aws_internet_gateway" "edge" {
  vpc_id = aws_vpc.payments.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.payments.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.edge.id
  }
}

resource "aws_route_table_association" "public" {
  count          = length(local.zones)
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "out" {
  domain = "vpc"
}

resource "aws_nat_gateway" "out" {
  allocation_id = aws_eip.out.id
  subnet_id     = aws_subnet.public[0].id
}

# Pods reach the addresses that payments need, and no others: there is no default route.
resource "aws_route_table" "nodes" {
  vpc_id = aws_vpc.payments.id
  dynamic "route" {
    for_each = var.outside_cidrs
    content {
      cidr_block     = route.value
      nat_gateway_id = aws_nat_gateway.out.id
    }
  }
}

resource "aws_route_table_association" "nodes" {
  count          = length(local.zones)
  subnet_id      = aws_subnet.nodes[count.index].id
  route_table_id = aws_route_table.nodes.id
}

# Databases and endpoints have no way out of the VPC at all.
resource "aws_route_table" "inside" {
  vpc_id = aws_vpc.payments.id
}

resource "aws_route_table_association" "data" {
  count          = length(local.zones)
  subnet_id      = aws_subnet.data[count.index].id
  route_table_id = aws_route_table.inside.id
}

resource "aws_route_table_association" "endpoints" {
  count          = length(local.zones)
  subnet_id      = aws_subnet.endpoints[count.index].id
  route_table_id = aws_route_table.inside.id
}

resource "aws_flow_log" "payments" {
  vpc_id                   = aws_vpc.payments.id
  traffic_type             = "ALL"
  log_destination_type     = "s3"
  log_destination          = aws_s3_bucket.logs.arn
  max_aggregation_interval = 60
}

resource "aws_vpc_endpoint" "services" {
  for_each            = toset(["kms", "sts", "s3", "logs", "ecr.api", "ecr.dkr", "secretsmanager"])
  vpc_id              = aws_vpc.payments.id
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = aws_subnet.endpoints[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
  # S3 gives a private name only beside a gateway endpoint, or when asked for all callers.
  dynamic "dns_options" {
    for_each = each.key == "s3" ? [1] : []
    content {
      private_dns_only_for_inbound_resolver_endpoint = false
    }
  }
}
