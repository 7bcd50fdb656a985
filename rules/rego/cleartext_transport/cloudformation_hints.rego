# METADATA
# title: A connection in AWS may go without TLS where nobody asks for it
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {cloudformation: [AWS::Glue::Connection, AWS::S3::BucketPolicy, AWS::SES::ConfigurationSet]}
package paylint.rules.cleartext_transport.cloudformation_hints

import data.paylint.cfn
import data.paylint.lib

# Off where nothing is written.
jdbc contains {"r": r, "properties": properties} if {
	some r in cfn.all(["AWS::Glue::Connection"])
	object.get(r.config, ["ConnectionInput", "ConnectionType"], "JDBC") == "JDBC"
	properties := r.config.ConnectionInput.ConnectionProperties
	is_object(properties)
	lib.known(properties)
	lib.present(properties, "JDBC_CONNECTION_URL")
}

applies contains found.r.id if some found in jdbc

deny contains {"subject": found.r.id, "path": ["ConnectionInput", "ConnectionProperties"], "msg": msg} if {
	some found in jdbc
	not lib.present(found.properties, "JDBC_ENFORCE_SSL")
	not asks_for_tls(found.properties.JDBC_CONNECTION_URL)
	msg := sprintf("`%s` may connect to the database without TLS; set JDBC_ENFORCE_SSL to true", [found.r.name])
}

# The address may say so as well; what of it only the deployment knows, may too.
asks_for_tls(url) if regex.match(`(?i)ssl|encrypt=true|tcps`, lib.text(url))

asks_for_tls(url) if lib.is_unknown(url)

# "Optional" where nothing is written: in plain text to whoever offers no TLS.
mails := cfn.all(["AWS::SES::ConfigurationSet"])

applies contains r.id if some r in mails

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some r in mails
	found := cfn.bad(r.config, ["DeliveryOptions", "TlsPolicy"], {""})[_]
	msg := sprintf("mail of `%s` goes out in plain text where the other side offers no TLS; set DeliveryOptions.TlsPolicy: REQUIRE", [r.name])
}

# S3 answers plain HTTP too, unless the bucket's policy denies it.
policies contains r if {
	some r in cfn.all(["AWS::S3::BucketPolicy"])
	is_object(r.config.PolicyDocument)
	lib.known(r.config.PolicyDocument)
}

applies contains r.id if some r in policies

deny contains {"subject": r.id, "path": ["PolicyDocument"], "msg": msg, "confidence": "low"} if {
	some r in policies
	not speaks_of_tls(r.config.PolicyDocument)
	not unclear(r.config.PolicyDocument)
	msg := sprintf("policy `%s` leaves plain HTTP to the bucket open; deny s3:* where aws:SecureTransport is false", [r.name])
}

speaks_of_tls(policy) if {
	walk(object.get(policy, "Statement", []), [path, _])
	key := path[count(path) - 1]
	lower(lib.text(key)) in {"aws:securetransport", "s3:tlsversion"}
}

unknown contains {"subject": r.id, "reason": "what its policy denies is known only at deployment"} if {
	some r in policies
	not speaks_of_tls(r.config.PolicyDocument)
	unclear(r.config.PolicyDocument)
}

# Whole statements or conditions that only the deployment knows; a resource's name says nothing here.
unclear(policy) if lib.is_unknown(policy.Statement)

unclear(policy) if lib.is_unknown(policy.Statement[_])

unclear(policy) if lib.is_unknown(policy.Statement[_].Condition)

unclear(policy) if lib.is_unknown(policy.Statement[_].Condition[_])
