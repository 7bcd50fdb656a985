output "target_group_arn" {
  value       = aws_lb_target_group.api.arn
  description = "For the TargetGroupBinding of kubernetes/gateways.yaml"
}

output "role_arn" {
  value       = aws_iam_role.service.arn
  description = "PAYMENT_AWS_ROLE_ARN"
}

output "trail_bucket" {
  value       = aws_s3_bucket.trail.bucket_regional_domain_name
  description = "Of PAYMENT_SINK_BUCKET_URL"
}

output "database" {
  value       = aws_db_instance.payments.endpoint
  description = "Of PAYMENT_DATABASE_URL, with ssl=verify-full"
}

output "redis" {
  value       = aws_elasticache_replication_group.counts.primary_endpoint_address
  description = "Of PAYMENT_REDIS_URL, rediss://"
}
