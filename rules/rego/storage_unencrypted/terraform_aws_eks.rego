# METADATA
# title: An EKS cluster of an old version keeps secrets unencrypted in etcd
# custom:
#   severity: medium
#   confidence: high
#   applies_to: {terraform: [aws_eks_cluster]}
package paylint.rules.storage_unencrypted.terraform_aws_eks

import data.paylint.blocks
import data.paylint.lib

# From 1.28 on, and where no version is named, AWS encrypts them with a key of its own (customer_managed_key_missing).
# Without quotes 1.30 is the number 1.3.
old contains r if {
	r := input.terraform.aws_eks_cluster[_]
	parts := split(blocks.spelled(r.config.version), ".")
	lib.number(parts[0]) == 1
	lib.number(parts[1]) < 28
	count(parts[1]) > 1
}

applies contains r.id if some r in old

deny contains {"subject": r.id, "path": ["encryption_config"], "msg": msg} if {
	some r in old
	count(lib.as_array(object.get(r.config, "encryption_config", []))) == 0
	msg := sprintf("Kubernetes %v of `%s` keeps secrets in etcd without encryption of their own; add encryption_config for secrets, and update", [r.config.version, r.name])
}

unknown contains {"subject": r.id, "reason": "whether its secrets are encrypted is known only at apply"} if {
	some r in old
	lib.is_unknown(r.config.encryption_config[_])
}
