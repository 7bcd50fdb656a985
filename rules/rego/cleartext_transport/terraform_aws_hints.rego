# METADATA
# title: A connection in AWS may go without TLS where nobody asks for it
# custom:
#   severity: low
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_lb_target_group
#       - aws_alb_target_group
#       - aws_elb
#       - aws_glue_connection
#       - aws_ses_configuration_set
#       - aws_sesv2_configuration_set
#       - aws_db_parameter_group
#       - aws_rds_cluster_parameter_group
#       - aws_s3_bucket_policy
package paylint.rules.cleartext_transport.terraform_aws_hints

import data.paylint.aws
import data.paylint.lib

# Behind a listener that ends TLS, requests go on in clear, inside the network. Addresses without their index.
ends_tls contains aws.base(r.address) if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	upper(lib.text(r.config.protocol)) == "HTTPS"
}

targets contains aws.base(target) if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	r := input.terraform[type][_]
	aws.base(r.address) in ends_tls
	target := r.refs.default_action[_]
}

targets contains aws.base(target) if {
	some type in ["aws_lb_listener_rule", "aws_alb_listener_rule"]
	r := input.terraform[type][_]
	aws.base(r.refs.listener_arn[_]) in ends_tls
	target := r.refs.action[_]
}

behind contains group if {
	some type in ["aws_lb_target_group", "aws_alb_target_group"]
	group := input.terraform[type][_]
	aws.base(group.address) in targets
}

applies contains group.id if some group in behind

deny contains {"subject": group.id, "path": ["protocol"], "msg": msg, "confidence": "low"} if {
	some group in behind
	upper(lib.text(group.config.protocol)) == "HTTP"
	msg := sprintf("requests go on to `%s` in plain HTTP behind the listener's TLS; set protocol = \"HTTPS\" if the targets can", [group.name])
}

unknown contains {"subject": group.id, "reason": "its protocol is known only at apply"} if {
	some group in behind
	lib.is_unknown(group.config.protocol)
}

classic contains {"r": r, "i": i, "listener": listener} if {
	r := input.terraform.aws_elb[_]
	listener := r.config.listener[i]
	lower(lib.text(listener.lb_protocol)) == "https"
}

applies contains found.r.id if some found in classic

deny contains {"subject": found.r.id, "path": ["listener", found.i, "instance_protocol"], "msg": msg, "confidence": "low"} if {
	some found in classic
	lower(lib.text(found.listener.instance_protocol)) == "http"
	msg := sprintf("requests go on from `%s` in plain HTTP behind the listener's TLS; set instance_protocol = \"https\" if the machines can", [found.r.name])
}

# Off where nothing is written.
jdbc contains r if {
	r := input.terraform.aws_glue_connection[_]
	object.get(r.config, "connection_type", "JDBC") == "JDBC"
	is_object(r.config.connection_properties)
	lib.known(r.config.connection_properties)
	lib.present(r.config.connection_properties, "JDBC_CONNECTION_URL")
}

applies contains r.id if some r in jdbc

deny contains {"subject": r.id, "path": ["connection_properties"], "msg": msg} if {
	some r in jdbc
	not lib.present(r.config.connection_properties, "JDBC_ENFORCE_SSL")
	not asks_for_tls(r.config.connection_properties.JDBC_CONNECTION_URL)
	msg := sprintf("`%s` may connect to the database without TLS; set JDBC_ENFORCE_SSL = \"true\"", [r.name])
}

# The address may say so as well; what of it only apply knows, may too.
asks_for_tls(url) if regex.match(`(?i)ssl|encrypt=true|tcps`, lib.text(url))

asks_for_tls(url) if lib.is_unknown(url)

# "Optional" where nothing is written: in plain text to whoever offers no TLS.
mails contains r if {
	some type in ["aws_ses_configuration_set", "aws_sesv2_configuration_set"]
	r := input.terraform[type][_]
}

applies contains r.id if some r in mails

deny contains {"subject": r.id, "path": ["delivery_options"], "msg": msg} if {
	some r in mails
	not lib.present(object.get(r.config, ["delivery_options", 0], {}), "tls_policy")
	msg := sprintf("mail of `%s` goes out in plain text where the other side offers no TLS; set delivery_options.tls_policy to require it", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it requires TLS is known only at apply"} if {
	some r in mails
	lib.has_unknown(object.get(r.config, "delivery_options", []))
}

# Families of parameters in which the server takes clients without TLS unless the group says otherwise.
tls_off_by_default := {
	"aws_db_parameter_group": {
		`^postgres(?:9\.[0-9]+|1[0-4])$`: "rds.force_ssl",
		`^sqlserver-`: "rds.force_ssl",
		`^mysql(?:5\.7|8\.0)$`: "require_secure_transport",
		`^mariadb10\.(?:5|6|11)$`: "require_secure_transport",
	},
	"aws_rds_cluster_parameter_group": {
		`^aurora-postgresql(?:9\.6|1[0-6])$`: "rds.force_ssl",
		`^postgres(?:1[0-4])$`: "rds.force_ssl",
		`^aurora-mysql(?:5\.7|8\.0)$`: "require_secure_transport",
		`^mysql8\.0$`: "require_secure_transport",
	},
}

groups contains {"r": r, "parameter": parameter} if {
	some type, families in tls_off_by_default
	r := input.terraform[type][_]
	some pattern, parameter in families
	regex.match(pattern, lower(lib.text(r.config.family)))
}

applies contains found.r.id if some found in groups

deny contains {"subject": found.r.id, "path": ["parameter", found.parameter], "msg": msg} if {
	some found in groups
	not sets(found)
	not lib.has_unknown(object.get(found.r.config, "parameter", []))
	msg := sprintf("servers with `%s` take clients without TLS; add parameter %s with value 1", [found.r.name, found.parameter])
}

sets(found) if found.parameter in {parameter.name | parameter := found.r.config.parameter[_]}

unknown contains {"subject": found.r.id, "reason": "its parameters are known only at apply"} if {
	some found in groups
	not sets(found)
	lib.has_unknown(object.get(found.r.config, "parameter", []))
}

# S3 answers plain HTTP too, unless the bucket's policy denies it.
policies contains r if {
	r := input.terraform.aws_s3_bucket_policy[_]
	is_object(r.config.policy)
	lib.known(r.config.policy)
}

applies contains r.id if some r in policies

deny contains {"subject": r.id, "path": ["policy"], "msg": msg, "confidence": "low"} if {
	some r in policies
	not speaks_of_tls(r.config.policy)
	not unclear(r.config.policy)
	msg := sprintf("policy `%s` leaves plain HTTP to the bucket open; deny s3:* where aws:SecureTransport is false", [r.name])
}

speaks_of_tls(policy) if {
	walk(object.get(policy, "Statement", []), [path, _])
	key := path[count(path) - 1]
	lower(lib.text(key)) in {"aws:securetransport", "s3:tlsversion"}
}

unknown contains {"subject": r.id, "reason": "what its policy denies is known only at apply"} if {
	some r in policies
	not speaks_of_tls(r.config.policy)
	unclear(r.config.policy)
}

# Whole statements or conditions that only apply knows; a resource's name says nothing here.
unclear(policy) if lib.is_unknown(policy.Statement)

unclear(policy) if lib.is_unknown(policy.Statement[_])

unclear(policy) if lib.is_unknown(policy.Statement[_].Condition)

unclear(policy) if lib.is_unknown(policy.Statement[_].Condition[_])
