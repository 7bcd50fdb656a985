# METADATA
# title: Secrets, volumes or topics of the cluster are not encrypted at rest
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, EncryptionConfiguration, EncryptionConfig, StorageClass, KafkaTopic, Kafka]
package paylint.rules.storage_unencrypted.kubernetes

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

# --- the API server's own store. The first provider writes.

configurations contains s if {
	some kind in ["EncryptionConfiguration", "EncryptionConfig"]
	s := input.kubernetes[kind][_]
	startswith(lib.text(s.config.apiVersion), "apiserver.config.k8s.io/")
}

configurations contains s if {
	s := input.kubernetes.EncryptionConfig[_]
	s.config.apiVersion == "v1"
}

applies contains s.id if some s in configurations

about_secrets(entry) if {
	some resource in lib.as_array(entry.resources)
	resource in {"secrets", "*.*", "*.", "*"}
}

deny contains {"subject": s.id, "path": ["resources", i, "providers", 0, "identity"], "msg": msg} if {
	some s in configurations
	entry := s.config.resources[i]
	about_secrets(entry)
	some name, _ in kubernetes.entries(entry.providers[0])
	name == "identity"
	msg := "identity comes first, so new Secrets are stored in clear text; put a provider that encrypts (kms, secretbox, aescbc) before it"
}

servers := [c | c := components.of("kube-apiserver")[_]; c.by in {"pod", "kubeadm"}]

applies contains c.subject if c := servers[_]

applies contains found.subject if found := components.bare[_]

message := "without --encryption-provider-config every Secret lies in etcd, and its backups, in clear text; name a configuration with a KMS provider"

deny contains {"subject": c.subject, "path": c.header, "msg": message} if {
	c := servers[_]
	not components.sets(c, "encryption-provider-config")
	not components.sets(c, "experimental-encryption-provider-config")
}

deny contains {"subject": found.subject, "path": found.header, "msg": message} if found := components.bare[_]

# --- volumes. The disks of Google and Azure are always encrypted, those of AWS are not.

classes contains s if {
	s := input.kubernetes.StorageClass[_]
	kubernetes.in_group(s, "storage.k8s.io")
	s.config.provisioner in {"ebs.csi.aws.com", "kubernetes.io/aws-ebs", "ebs.csi.eks.amazonaws.com"}
}

applies contains s.id if some s in classes

encrypted(s) := lower(sprintf("%v", [kubernetes.get(s.config, ["parameters", "encrypted"], "not given")]))

deny contains {"subject": s.id, "path": ["parameters", "encrypted"], "msg": msg} if {
	some s in classes
	encrypted(s) in {"not given", "false"}
	msg := sprintf("volumes of class `%s` are not encrypted unless the account does so by default; set encrypted: \"true\", with a kmsKeyId", [s.name])
}

unknown contains {"subject": s.id, "reason": "whether it encrypts is not known"} if {
	some s in classes
	lib.is_unknown(s.config.parameters.encrypted)
}

# Drivers that encrypt where they are told to, told not to.
told := {"csi.ceph.com": "encrypted", "driver.longhorn.io": "encrypted", "portworx.com": "secure", "portworx-volume": "secure", "csi.linode.com": "encrypted", "diskplugin.csi.alibabacloud.com": "encrypted", "csi.quobyte.com": "encrypted"}

others contains {"subject": s.id, "key": key, "value": value} if {
	s := input.kubernetes.StorageClass[_]
	kubernetes.in_group(s, "storage.k8s.io")
	some driver, key in told
	endswith(lib.text(s.config.provisioner), driver)
	value := s.config.parameters[key]
}

applies contains other.subject if some other in others

deny contains {"subject": other.subject, "path": ["parameters", other.key], "msg": msg} if {
	some other in others
	lib.falsy(other.value)
	msg := sprintf("%s: false: volumes of this class lie on disk in clear text; set \"true\", with a key", [other.key])
}

# --- kOps

kops contains s if {
	some kind in ["Cluster", "InstanceGroup"]
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "kops.k8s.io")
}

applies contains s.id if some s in kops

deny contains {"subject": s.id, "path": ["spec", "etcdClusters", i, "etcdMembers", j, "encryptedVolume"], "msg": msg} if {
	some s in kops
	lib.falsy(s.config.spec.etcdClusters[i].etcdMembers[j].encryptedVolume)
	msg := "the disk under etcd, which holds every Secret, is not encrypted; set true"
}

deny contains {"subject": s.id, "path": ["spec", "rootVolumeEncryption"], "msg": msg} if {
	some s in kops
	lib.falsy(s.config.spec.rootVolumeEncryption)
	msg := "the nodes' disks are not encrypted; set true"
}

deny contains {"subject": s.id, "path": ["spec", "rootVolume", "encryption"], "msg": msg} if {
	some s in kops
	lib.falsy(s.config.spec.rootVolume.encryption)
	msg := "the nodes' disks are not encrypted; set true"
}

deny contains {"subject": s.id, "path": ["spec", "encryptionConfig"], "msg": msg} if {
	some s in kops
	s.type == "Cluster"
	not lib.truthy(s.config.spec.encryptionConfig)
	msg := "without encryptionConfig: true every Secret lies in etcd, and its backups, in clear text; set it, and create the secret encryptionconfig"
}

# --- eksctl

groups contains {"subject": s.id, "path": [list, i], "group": group} if {
	s := input.kubernetes.ClusterConfig[_]
	kubernetes.in_group(s, "eksctl.io")
	some list in ["nodeGroups", "managedNodeGroups"]
	group := s.config[list][i]
}

applies contains found.subject if some found in groups

deny contains {"subject": found.subject, "path": array.concat(found.path, ["volumeEncrypted"]), "msg": msg} if {
	some found in groups
	lib.falsy(found.group.volumeEncrypted)
	msg := "the nodes' disks are not encrypted; set volumeEncrypted: true"
}

# --- Kafka does not encrypt what it stores: a setting that says so is one that nobody reads

imagined contains {"subject": s.id, "path": array.concat(path, [key]), "key": key} if {
	some kind, path in {"KafkaTopic": ["spec", "config"], "Kafka": ["spec", "kafka", "config"]}
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "kafka.strimzi.io")
	some key, _ in kubernetes.entries(kubernetes.get(s.config, path, {}))
	regex.match(`(?i)^(?:data|topic|storage|at[-_.]rest|message)?[-_.]?encrypt(?:ion|ed)?(?:[-_.]|$)`, key)
}

applies contains found.subject if some found in imagined

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	some found in imagined
	msg := sprintf("`%s` is no setting of Kafka: its log lies unencrypted; encrypt in the producer, and put the brokers on encrypted volumes", [found.key])
}
