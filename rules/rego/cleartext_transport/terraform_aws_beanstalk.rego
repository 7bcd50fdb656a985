# METADATA
# title: A load balancer of Elastic Beanstalk serves plain HTTP
# custom: {confidence: medium, applies_to: {terraform: [aws_elastic_beanstalk_environment, aws_elastic_beanstalk_configuration_template]}}
package paylint.rules.cleartext_transport.terraform_aws_beanstalk

import data.paylint.blocks
import data.paylint.lib

# A listener's protocol: {r, i, value}; the same namespace may switch the listener off.
protocols contains {"r": r, "i": i, "value": object.get(setting, "value", null)} if {
	some type in ["aws_elastic_beanstalk_environment", "aws_elastic_beanstalk_configuration_template"]
	r := input.terraform[type][_]
	setting := r.config.setting[i]
	is_object(setting)
	regex.match(`^aws:elb(?:v2)?:listener(?::|$)`, lib.text(setting.namespace))
	lib.text(setting.name) in {"Protocol", "ListenerProtocol"}
	not disabled(r, setting.namespace)
}

disabled(r, namespace) if {
	other := r.config.setting[_]
	other.namespace == namespace
	other.name == "ListenerEnabled"
	blocks.spelled(other.value) == "false"
}

applies contains found.r.id if some found in protocols

deny contains {"subject": found.r.id, "path": ["setting", found.i, "value"], "msg": msg} if {
	some found in protocols
	upper(lib.text(found.value)) == "HTTP"
	msg := sprintf("a listener of `%s` serves plain HTTP; set its protocol to HTTPS and give it a certificate", [found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "its listener's protocol is known only at apply"} if {
	some found in protocols
	lib.is_unknown(found.value)
}
