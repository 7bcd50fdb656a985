package terraform.tls

deny contains msg if {
	some name
	listener := input.resource.aws_lb_listener[name][_]
	listener.protocol == "HTTP"
	listener.default_action[_].type != "redirect"
	msg := sprintf("Listener '%s' speaks HTTP", [name])
}

warn contains {"msg": "Bucket without a versioning of its own", "resource": sprintf("aws_s3_bucket.%s", [name])} if {
	some name, _ in input.resource.aws_s3_bucket
	not versioned(name)
}

deny_open contains "Something is open to the world" if {
	input.resource[_][_][_].ingress[_].cidr_blocks[_] == "0.0.0.0/0"
}

versioned(name) if {
	version := input.resource.aws_s3_bucket_versioning[_][_]
	contains(version.bucket, sprintf("${aws_s3_bucket.%s.", [name]))
}
