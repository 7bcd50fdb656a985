# METADATA
# title: A GKE cluster keeps its secrets without a layer of encryption of their own
# custom: {severity: low, confidence: medium, applies_to: {terraform: [google_container_cluster]}}
package paylint.rules.storage_unencrypted.terraform_google

import data.paylint.blocks

shape := ["database_encryption", "*", "state"]

applies contains r.id if {
	r := input.terraform.google_container_cluster[_]
	count(blocks.settings(r.config, shape)) > 0
}

# Mild, and only where it is written: the disk under etcd is encrypted in any case.
deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.terraform.google_container_cluster[_]
	found := blocks.bad(r.config, shape, {"decrypted"})[_]
	msg := sprintf("secrets of cluster `%s` are in clear for whoever reads its etcd; set state = \"ENCRYPTED\" with a key of Cloud KMS", [r.name])
}
