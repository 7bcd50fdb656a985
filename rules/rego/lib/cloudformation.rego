# What rules about CloudFormation share: `import data.paylint.cfn`.
#
# METADATA
# title: Helpers for paylint's rules about CloudFormation
package paylint.cfn

import data.paylint.lib

# all(types): the resources of some types.
all(types) := [r |
	some type in types
	r := input.cloudformation[type][_]
]

# settings(config, shape): every place where a setting is or could be written: {path, value}; "*" in the shape is any item
# of a list. `value` is null where the setting, or a mapping on the way to it, is left out: unlike a block of Terraform,
# what is not there has defaults. Where a list on the way is unknown, `path` ends there and `value` is unknown.
settings(config, shape) := [{"path": shape, "value": object.get(config, shape, null)}] if not "*" in shape

settings(config, shape) := array.concat(_in_items(config, shape), _unknown_lists(config, shape)) if "*" in shape

_in_items(config, shape) := [found |
	stars := [i | some i, key in shape; key == "*"]
	last := stars[count(stars) - 1]
	walk(config, [path, item])
	count(path) == last + 1
	_leads_along(path, shape)
	rest := array.slice(shape, last + 1, count(shape))
	found := {"path": array.concat(path, rest), "value": _value(item, rest)}
]

_value(item, rest) := item if count(rest) == 0

_value(item, _) := item if lib.is_unknown(item)

_value(item, rest) := object.get(item, rest, null) if {
	count(rest) > 0
	is_object(item)
	lib.known(item)
}

_unknown_lists(config, shape) := [{"path": path, "value": item} |
	walk(config, [path, item])
	lib.is_unknown(item)
	count(path) < count(shape)
	shape[count(path)] == "*"
	_leads_along(path, shape)
]

_leads_along(path, shape) if {
	every i, key in path {
		_is_step(shape[i], key)
	}
}

_is_step(wanted, key) if wanted == key

_is_step("*", key) if is_number(key)

# bad(config, shape, values): those settings whose value is one of `values`, in lower case; "" is one that is left out.
# Unknown ones are among them: a `deny` whose path leads to an unknown value makes its subject unknown.
bad(config, shape, values) := [found |
	found := settings(config, shape)[_]
	_is_one_of(found.value, values)
]

_is_one_of(value, _) if {
	lib.is_unknown(value)
	not _is_something(value)
}

# What a resource of this template gives, and a text of which a part is known, is no such word.
_is_something(value) if value.ref

_is_something(value) if not regex.match(`^(?:\$\{[^}]*\})*$|\{\{resolve:`, lib.text(object.get(value, "text", "")))

_is_one_of(value, values) if _spelled(value) in values

_spelled(v) := "" if v == null

_spelled(v) := lower(sprintf("%v", [v])) if {
	v != null
	not is_object(v)
	not is_array(v)
}

# on(r, path): the switch is set to true.
on(r, path) if lib.truthy(object.get(r.config, path, null))

# written(v): a text as far as it is known: of an unknown one the known parts, with ${Name} for the others.
written(v) := v if is_string(v)

written(v) := v.text if {
	lib.is_unknown(v)
	is_string(v.text)
}

# names a resource may be called by elsewhere in the template.
_name_keys := ["BucketName", "LoadBalancerName", "TopicName", "QueueName", "DomainName", "ClusterName", "ClusterIdentifier", "TrailName", "LogGroupName", "RoleName"]

# refers(subject, path, other): what stands at `path` is `other`: by reference, or by its name in the cloud.
refers(subject, path, other) if lib.refers(subject, concat(".", [sprintf("%v", [key]) | some key in path]), other)

refers(subject, path, other) if {
	value := object.get(subject.config, path, null)
	lib.text(value) != ""
	some key in _name_keys
	lib.text(other.config[key]) == value
}

# obscure(subject, path): what stands there is known only at deployment, and is no resource of this template.
obscure(subject, path) if {
	lib.is_unknown(object.get(subject.config, path, null))
	count(object.get(subject.refs, concat(".", path), [])) == 0
}

# tags(r): what a resource is labelled with, as a mapping.
tags(r) := {tag.Key: tag.Value |
	tag := r.config.Tags[_]
	is_string(tag.Key)
}

# security_rule(rule): one of a security group, in the form that data.paylint.aws takes.
security_rule(rule) := {
	"protocol": object.get(rule, "IpProtocol", "tcp"),
	"from_port": object.get(rule, "FromPort", null),
	"to_port": object.get(rule, "ToPort", null),
}

# somebody(principal): an account or a role, though only the deployment knows which: no text that begins like an ARN or
# is made of the own account's number can turn out to be "*".
somebody(principal) if principal.ref

somebody(principal) if regex.match(`^arn:|\$\{AWS::AccountId\}`, lib.text(principal.text))

# unclear(config, shapes): something at one of these paths, or on the way there, is known only at deployment.
unclear(config, shapes) if {
	some shape in shapes
	walk(config, [path, item])
	lib.is_unknown(item)
	count(path) <= count(shape)
	_leads_along(path, shape)
}

# named(r, path): what stands there refers to: logical ids, or a name in the cloud.
named(r, path) := {name | some name in object.get(r.refs, concat(".", [sprintf("%v", [key]) | some key in path]), [])} | {name |
	name := lib.text(object.get(r.config, path, null))
}

# bucket_in(bucket, names): it is one of those, by its logical id or its own name.
bucket_in(bucket, names) if bucket.address in names

bucket_in(bucket, names) if lib.text(bucket.config.BucketName) in names

# trail_targets: where trails keep their logs.
trail_targets := {name | some r in all(["AWS::CloudTrail::Trail"]); some name in named(r, ["S3BucketName"])}

_log_writers := {
	"AWS::S3::Bucket": ["LoggingConfiguration", "DestinationBucketName"],
	"AWS::CloudTrail::Trail": ["S3BucketName"],
	"AWS::ElasticLoadBalancing::LoadBalancer": ["AccessLoggingPolicy", "S3BucketName"],
	"AWS::CloudFront::Distribution": ["DistributionConfig", "Logging", "Bucket"],
	"AWS::EC2::FlowLog": ["LogDestination"],
	"AWS::Config::DeliveryChannel": ["S3BucketName"],
	"AWS::Redshift::Cluster": ["LoggingProperties", "BucketName"],
}

# log_targets: where anything writes its logs.
log_targets contains name if {
	some type, path in _log_writers
	r := input.cloudformation[type][_]
	some name in named(r, path)
}

log_targets contains name if {
	r := input.cloudformation["AWS::ElasticLoadBalancingV2::LoadBalancer"][_]
	r.config.LoadBalancerAttributes[i].Key == "access_logs.s3.bucket"
	some name in named(r, ["LoadBalancerAttributes", i, "Value"])
}
