# METADATA
# title: Linkerd, Consul or Kuma takes plain text from callers outside of the mesh
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, Namespace, ServerAuthorization, Server, NetworkAuthentication, ServiceDefaults, ProxyDefaults, Mesh]
package paylint.rules.mesh_mtls_not_strict.other_meshes

import data.paylint.kubernetes
import data.paylint.lib

# --- Linkerd: what a proxy does with callers that no policy names

inbound := "config.linkerd.io/default-inbound-policy"

holders contains {"subject": s.id, "path": ["metadata", "annotations", inbound], "policy": policy} if {
	s := input.kubernetes.Namespace[_]
	policy := kubernetes.annotation(s, inbound)
}

holders contains {"subject": pod.id, "path": path, "policy": policy} if {
	pod := lib.pods[_]
	path := array.concat(array.slice(pod.path, 0, count(pod.path) - 1), ["metadata", "annotations", inbound])
	policy := object.get(pod.subject.config, path, null)
}

holders contains {"subject": s.id, "path": ["spec", "accessPolicy"], "policy": policy} if {
	s := input.kubernetes.Server[_]
	kubernetes.in_group(s, "policy.linkerd.io")
	policy := s.config.spec.accessPolicy
}

applies contains holder.subject if {
	some holder in holders
	holder.policy != null
}

deny contains {"subject": holder.subject, "path": holder.path, "msg": msg} if {
	some holder in holders
	lib.text(holder.policy) in {"all-unauthenticated", "cluster-unauthenticated"}
	msg := sprintf("%s: callers without mutual TLS get in; write all-authenticated, or deny and name the callers", [holder.policy])
}

authorizations contains s if {
	s := input.kubernetes.ServerAuthorization[_]
	kubernetes.in_group(s, "policy.linkerd.io")
}

applies contains s.id if some s in authorizations

deny contains {"subject": s.id, "path": ["spec", "client", "unauthenticated"], "msg": msg} if {
	some s in authorizations
	lib.truthy(s.config.spec.client.unauthenticated)
	not narrow(s.config.spec.client.networks)
	msg := "callers without mutual TLS get in; name meshTLS identities, or their networks"
}

narrow(networks) if {
	count(lib.as_array(networks)) > 0
	every network in lib.as_array(networks) {
		not lib.cidr_is_open(network.cidr)
	}
}

networks contains s if {
	s := input.kubernetes.NetworkAuthentication[_]
	kubernetes.in_group(s, "policy.linkerd.io")
}

applies contains s.id if some s in networks

deny contains {"subject": s.id, "path": ["spec", "networks", i, "cidr"], "msg": msg, "confidence": "medium"} if {
	some s in networks
	cidr := s.config.spec.networks[i].cidr
	lib.cidr_is_open(cidr)
	msg := sprintf("%s: every address counts as known, without mutual TLS; name MeshTLSAuthentication identities, or the ranges that are meant", [cidr])
}

# --- Consul

consuls contains s if {
	some kind in ["ServiceDefaults", "ProxyDefaults", "Mesh"]
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "consul.hashicorp.com")
}

applies contains s.id if some s in consuls

deny contains {"subject": s.id, "path": ["spec", "mutualTLSMode"], "msg": msg} if {
	some s in consuls
	lower(lib.text(s.config.spec.mutualTLSMode)) == "permissive"
	msg := "permissive: the proxy also takes plain text; write strict"
}

# --- Kuma

kumas contains s if {
	s := input.kubernetes.Mesh[_]
	kubernetes.in_group(s, "kuma.io")
}

applies contains s.id if some s in kumas

deny contains {"subject": s.id, "path": path, "msg": msg} if {
	some s in kumas
	not lib.present(kubernetes.get(s.config, ["spec", "mtls"], {}), "enabledBackend")
	path := ["metadata", "name"]
	msg := "no enabledBackend of mtls: workloads send plain text to each other; name one"
}

deny contains {"subject": s.id, "path": ["spec", "mtls", "backends", i, "mode"], "msg": msg} if {
	some s in kumas
	upper(lib.text(s.config.spec.mtls.backends[i].mode)) == "PERMISSIVE"
	msg := "PERMISSIVE: workloads also accept plain text; set STRICT"
}
