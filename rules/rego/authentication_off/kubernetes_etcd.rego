# METADATA
# title: etcd takes clients or peers without a certificate
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup]
package paylint.rules.authentication_off.kubernetes_etcd

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

applies contains c.subject if c := components.of("etcd")[_]

# Its settings may come as variables or as a file, too.
elsewhere contains pod.id if {
	pod := lib.pods[_]
	variable := kubernetes.variables(lib.containers(pod)[_])[_]
	regex.match(`^ETCD_(?:CLIENT_CERT_AUTH|TRUSTED_CA_FILE|CONFIG_FILE|LISTEN_CLIENT_URLS|PEER_CLIENT_CERT_AUTH|LISTEN_PEER_URLS)$`, variable.name)
}

elsewhere contains c.subject if {
	c := components.of("etcd")[_]
	components.sets(c, "config-file")
}

# What each of its two sides is called.
sides := [
	{"listens": "listen-client-urls", "asks": "client-cert-auth", "authority": "--trusted-ca-file", "who": "whoever connects is served every secret of the cluster"},
	{"listens": "listen-peer-urls", "asks": "peer-client-cert-auth", "authority": "--peer-trusted-ca-file", "who": "whoever connects joins as a member and holds every secret of the cluster"},
]

# Nobody but its own node reaches it there.
listens_outside(c, side) if {
	some urls in components.values(c, side.listens)
	some url in split(urls, ",")
	not components.is_local(url)
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := components.whole("etcd")[_]
	not c.subject in elsewhere
	some side in sides
	listens_outside(c, side)
	count(components.values(c, side.asks)) == 0
	msg := sprintf("without --%s %s; set it, with %s", [side.asks, side.who, side.authority])
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("etcd")[_]
	flag := components.flags(c, ["client-cert-auth", "peer-client-cert-auth"])[_]
	lib.falsy(flag.value)
	msg := sprintf("%s false: etcd accepts whoever connects; set true", [flag.name])
}
