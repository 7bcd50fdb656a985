# METADATA
# title: An ingress, gateway or mesh accepts an old TLS version
# custom: {confidence: high, applies_to: {kubernetes: [Ingress, ConfigMap, Gateway, IstioOperator, Istio, TLSOption, HTTPProxy, ContourConfiguration, ClientTrafficPolicy, TLSContext, KubeletConfiguration, KubeProxyConfiguration, APIServer, IngressController, Kafka, Cluster, postgresql, Elasticsearch, ServiceMonitor, PodMonitor]}}
package paylint.rules.weak_tls_version.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

# A setting that lists every accepted version, or names the lowest: {subject, path, value}.
settings contains {"subject": s.id, "path": path, "value": value} if {
	s := input.kubernetes.Ingress[_]
	some key in annotated
	value := lib.text(s.config.metadata.annotations[key])
	path := ["metadata", "annotations", key]
}

annotated := [
	"nginx.ingress.kubernetes.io/ssl-protocols", "nginx.ingress.kubernetes.io/proxy-ssl-protocols", "nginx.org/ssl-protocols",
	"ingress.bluemix.net/ssl-protocols", "haproxy-ingress.github.io/ssl-options", "haproxy-ingress.github.io/ssl-options-host",
	"ingress.kubernetes.io/ssl-options",
]

# ingress-nginx's own settings.
settings contains {"subject": s.id, "path": ["data", "ssl-protocols"], "value": value} if {
	s := input.kubernetes.ConfigMap[_]
	value := lib.text(s.config.data["ssl-protocols"])
}

settings contains {"subject": s.id, "path": ["spec", "servers", i, "tls", "minProtocolVersion"], "value": value} if {
	s := input.kubernetes.Gateway[_]
	value := lib.text(s.config.spec.servers[i].tls.minProtocolVersion)
	value != "TLS_AUTO"
}

settings contains {"subject": s.id, "path": ["spec", "minVersion"], "value": value} if {
	s := input.kubernetes.TLSOption[_]
	value := lib.text(s.config.spec.minVersion)
}

# What other kinds call it: kind -> group -> where. A path ends in the value.
places := [
	{"kind": "HTTPProxy", "group": "projectcontour.io", "path": ["spec", "virtualhost", "tls", "minimumProtocolVersion"]},
	{"kind": "ContourConfiguration", "group": "projectcontour.io", "path": ["spec", "envoy", "listener", "tls", "minimumProtocolVersion"]},
	{"kind": "ClientTrafficPolicy", "group": "gateway.envoyproxy.io", "path": ["spec", "tls", "minVersion"]},
	{"kind": "TLSContext", "group": "getambassador.io", "path": ["spec", "min_tls_version"]},
	{"kind": "IstioOperator", "group": "install.istio.io", "path": ["spec", "meshConfig", "tlsDefaults", "minProtocolVersion"]},
	{"kind": "IstioOperator", "group": "install.istio.io", "path": ["spec", "meshConfig", "meshMTLS", "minProtocolVersion"]},
	{"kind": "Istio", "group": "sailoperator.io", "path": ["spec", "values", "meshConfig", "tlsDefaults", "minProtocolVersion"]},
	{"kind": "KubeletConfiguration", "group": "kubelet.config.k8s.io", "path": ["tlsMinVersion"]},
	{"kind": "APIServer", "group": "config.openshift.io", "path": ["spec", "tlsSecurityProfile", "custom", "minTLSVersion"]},
	{"kind": "IngressController", "group": "operator.openshift.io", "path": ["spec", "tlsSecurityProfile", "custom", "minTLSVersion"]},
	{"kind": "Kafka", "group": "kafka.strimzi.io", "path": ["spec", "kafka", "config", "ssl.enabled.protocols"]},
	{"kind": "Cluster", "group": "postgresql.cnpg.io", "path": ["spec", "postgresql", "parameters", "ssl_min_protocol_version"]},
	{"kind": "postgresql", "group": "acid.zalan.do", "path": ["spec", "postgresql", "parameters", "ssl_min_protocol_version"]},
]

settings contains {"subject": s.id, "path": place.path, "value": value} if {
	some place in places
	s := input.kubernetes[place.kind][_]
	kubernetes.in_group(s, place.group)
	value := text_of(kubernetes.get(s.config, place.path, null))
}

text_of(value) := value if is_string(value)

text_of(value) := sprintf("%v", [value]) if is_number(value)

text_of(value) := concat(",", [part | part := value[_]; is_string(part)]) if is_array(value)

settings contains {"subject": s.id, "path": ["spec", "nodeSets", i, "config", key], "value": value} if {
	s := input.kubernetes.Elasticsearch[_]
	kubernetes.in_group(s, "elasticsearch.k8s.elastic.co")
	some key in ["xpack.security.http.ssl.supported_protocols", "xpack.security.transport.ssl.supported_protocols"]
	value := text_of(s.config.spec.nodeSets[i].config[key])
}

# What the Prometheus operator calls TLS10 is the lowest version that it fetches metrics with.
settings contains {"subject": s.id, "path": ["spec", list, i, "tlsConfig", "minVersion"], "value": value} if {
	some kind, list in {"ServiceMonitor": "endpoints", "PodMonitor": "podMetricsEndpoints"}
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "monitoring.coreos.com")
	found := lib.text(s.config.spec[list][i].tlsConfig.minVersion)
	value := regex.replace(found, `^TLS1([0-3])$`, "TLSv1.$1")
}

# A profile by name: the old one takes TLS 1.0.
settings contains {"subject": s.id, "path": ["spec", "tlsSecurityProfile", "type"], "value": "TLS 1.0 (profile Old)"} if {
	some kind in ["APIServer", "IngressController"]
	s := input.kubernetes[kind][_]
	lib.text(s.config.spec.tlsSecurityProfile.type) == "Old"
}

# nginx's own words, in a snippet or in a file that a ConfigMap holds. What stands behind # says nothing.
settings contains {"subject": s.id, "path": array.concat(path, [key]), "value": found[1]} if {
	some kind, path in {"Ingress": ["metadata", "annotations"], "ConfigMap": ["data"]}
	s := input.kubernetes[kind][_]
	some key, value in kubernetes.entries(kubernetes.get(s.config, path, {}))
	some found in regex.find_all_string_submatch_n(`(?m)^[^#\n]*ssl_protocols[ \t]+([^;\n]+);`, lib.text(value), -1)
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.path, "msg": msg} if {
	some setting in settings
	lib.tls_too_old(setting.value)
	msg := sprintf("`%s` accepts a TLS version that can be broken; leave TLSv1.2 and TLSv1.3 only", [setting.value])
}
