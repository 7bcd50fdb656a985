resource "aws_iam_role" "cluster" {
  name = "cluster"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "eks.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_eks_cluster" "shop" {
  name                      = "shop"
  role_arn                  = aws_iam_role.cluster.arn
  enabled_cluster_log_types = ["api", "authenticator"]
  tags                      = local.in_scope

  vpc_config {
    subnet_ids              = aws_subnet.private[*].id
    endpoint_private_access = true
    endpoint_public_access  = true
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.orders.arn
    }
  }
}

resource "aws_lb" "shop" {
  name            = "shop"
  security_groups = [aws_security_group.edge.id]
  subnets         = aws_subnet.private[*].id

  access_logs {
    bucket  = aws_s3_bucket.audit_logs.id
    enabled = true
  }
}

resource "aws_lb" "partners" {
  name            = "partners"
  security_groups = [aws_security_group.edge.id]
  subnets         = aws_subnet.private[*].id

  access_logs {
    bucket  = aws_s3_bucket.audit_logs.id
    enabled = false
  }
}

resource "aws_lb_target_group" "checkout" {
  name     = "checkout"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = aws_vpc.shop.id
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.checkout.arn
  }
}

resource "aws_lb_listener" "shop_redirect" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

# Two resellers still run the till software of 2013.
resource "aws_lb_listener" "resellers" {
  load_balancer_arn = aws_lb.partners.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-2016-08"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.checkout.arn
  }
}

resource "aws_lb_listener" "fulfilment" {
  load_balancer_arn = aws_lb.partners.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = var.partner_ssl_policy
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.checkout.arn
  }
}

resource "aws_lb_listener" "order_feed" {
  load_balancer_arn = aws_lb.partners.arn
  port              = 8080
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.checkout.arn
  }
}

resource "aws_cloudfront_distribution" "pages" {
  enabled = true
  aliases = ["www.kettlewick.example"]

  origin {
    origin_id   = "pages"
    domain_name = "origin.kettlewick.example"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "pages"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  logging_config {
    bucket = aws_s3_bucket.audit_logs.bucket_domain_name
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.1_2016"
  }
}
