# METADATA
# title: An ingress or gateway offers a broken cipher suite
# custom: {confidence: high, applies_to: {kubernetes: [Ingress, ConfigMap, Gateway, TLSOption, HTTPProxy, ClientTrafficPolicy, KubeletConfiguration, Kafka, Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup]}}
package paylint.rules.weak_tls_cipher.kubernetes

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib
import data.paylint.tls

settings contains {"subject": s.id, "path": path, "suites": suites} if {
	s := input.kubernetes.Ingress[_]
	some key in ["nginx.ingress.kubernetes.io/ssl-ciphers", "nginx.ingress.kubernetes.io/proxy-ssl-ciphers", "haproxy-ingress.github.io/ssl-ciphers", "haproxy-ingress.github.io/ssl-ciphers-backend"]
	suites := lib.text(s.config.metadata.annotations[key])
	path := ["metadata", "annotations", key]
}

settings contains {"subject": s.id, "path": ["data", "ssl-ciphers"], "suites": suites} if {
	s := input.kubernetes.ConfigMap[_]
	suites := lib.text(s.config.data["ssl-ciphers"])
}

settings contains {"subject": s.id, "path": ["spec", "servers", i, "tls", "cipherSuites", j], "suites": suite} if {
	s := input.kubernetes.Gateway[_]
	suite := lib.text(s.config.spec.servers[i].tls.cipherSuites[j])
}

settings contains {"subject": s.id, "path": ["spec", "cipherSuites", i], "suites": suite} if {
	s := input.kubernetes.TLSOption[_]
	suite := lib.text(s.config.spec.cipherSuites[i])
}

# Lists and strings of other kinds, and a component's command line.
places := [
	{"kind": "HTTPProxy", "group": "projectcontour.io", "path": ["spec", "virtualhost", "tls", "cipherSuites"]},
	{"kind": "ClientTrafficPolicy", "group": "gateway.envoyproxy.io", "path": ["spec", "tls", "ciphers"]},
	{"kind": "KubeletConfiguration", "group": "kubelet.config.k8s.io", "path": ["tlsCipherSuites"]},
]

settings contains {"subject": s.id, "path": array.concat(place.path, [i]), "suites": suite} if {
	some place in places
	s := input.kubernetes[place.kind][_]
	kubernetes.in_group(s, place.group)
	listed := kubernetes.get(s.config, place.path, [])
	suite := lib.text(listed[i])
}

settings contains {"subject": s.id, "path": ["spec", "kafka", "config", "ssl.cipher.suites"], "suites": suites} if {
	s := input.kubernetes.Kafka[_]
	kubernetes.in_group(s, "kafka.strimzi.io")
	suites := lib.text(s.config.spec.kafka.config["ssl.cipher.suites"])
}

settings contains {"subject": pod.id, "path": flag.path, "suites": suites} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	flag := kubernetes.flags(c)[_]
	flag.name in {"tls-cipher-suites", "cipher-suites"}
	suites := lib.text(flag.value)
}

settings contains {"subject": c.subject, "path": flag.path, "suites": suites} if {
	c := components.all[_]
	c.by != "pod"
	flag := components.flags(c, ["tls-cipher-suites", "cipher-suites"])[_]
	suites := lib.text(flag.value)
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.path, "msg": msg} if {
	some setting in settings
	weak := tls.weak_ciphers(setting.suites)
	count(weak) > 0
	msg := sprintf("`%s` can be broken or authenticates nobody; offer AEAD suites with forward secrecy only", [weak[0]])
}
