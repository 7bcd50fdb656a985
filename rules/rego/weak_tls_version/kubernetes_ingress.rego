# METADATA
# title: A cloud load balancer of an ingress or service accepts an old TLS version
# custom: {confidence: medium, applies_to: {kubernetes: [Ingress, Service]}}
package paylint.rules.weak_tls_version.kubernetes_ingress

import data.paylint.kubernetes
import data.paylint.lib

# --- AWS: {subject, path, policy}; the policy is null where none is named

alb(key) := sprintf("alb.ingress.kubernetes.io/%s", [key])

classic(key) := sprintf("service.beta.kubernetes.io/aws-load-balancer-%s", [key])

aws contains {"subject": s.id, "key": alb("ssl-policy"), "policy": policy} if {
	s := input.kubernetes.Ingress[_]
	terminates(s)
	policy := kubernetes.get(s.config.metadata.annotations, alb("ssl-policy"), null)
	not class_decides
}

terminates(s) if kubernetes.annotation(s, alb("certificate-arn"))

terminates(s) if contains(upper(kubernetes.annotation(s, alb("listen-ports"))), `"HTTPS"`)

terminates(s) if kubernetes.annotation(s, alb("ssl-policy"))

# The class may name the policy for all its ingresses.
class_decides if lib.present(input.kubernetes.IngressClassParams[_].config.spec, "sslPolicy")

aws contains {"subject": s.id, "key": classic("ssl-negotiation-policy"), "policy": policy} if {
	s := input.kubernetes.Service[_]
	kubernetes.annotation(s, classic("ssl-cert"))
	policy := kubernetes.get(s.config.metadata.annotations, classic("ssl-negotiation-policy"), null)
}

applies contains found.subject if some found in aws

old_policy(name) if regex.match(`^ELBSecurityPolicy-(?:201[0-5]-|2016-08$|FS-2018-06$|TLS-1-[01]-|FS-1-1-|TLS13-1-[01]-)`, lib.text(name))

deny contains {"subject": found.subject, "path": ["metadata", "annotations", found.key], "msg": msg} if {
	some found in aws
	old_policy(found.policy)
	msg := sprintf("policy %v still accepts TLS 1.0 or 1.1; use ELBSecurityPolicy-TLS13-1-2-2021-06", [found.policy])
}

deny contains {"subject": found.subject, "path": ["metadata", "annotations", found.key], "msg": msg} if {
	some found in aws
	found.policy == null
	msg := sprintf("without %v the listener gets ELBSecurityPolicy-2016-08, which accepts TLS 1.0; name ELBSecurityPolicy-TLS13-1-2-2021-06", [found.key])
}

# --- Google: without a policy of TLS the load balancer takes TLS 1.0

gce contains s if {
	s := input.kubernetes.Ingress[_]
	is_gce(s)
	kubernetes.has_certificate(s)
}

is_gce(s) if kubernetes.annotation(s, "kubernetes.io/ingress.class") == "gce"

is_gce(s) if {
	some key in ["networking.gke.io/managed-certificates", "ingress.gcp.kubernetes.io/pre-shared-cert"]
	kubernetes.annotation(s, key)
}

applies contains s.id if some s in gce

frontend(s) := kubernetes.annotation(s, "networking.gke.io/v1beta1.FrontendConfig")

frontend_here(s) := [found |
	found := input.kubernetes.FrontendConfig[_]
	found.name == frontend(s)
	lib.namespace(found) == lib.namespace(s)
][0]

without_policy(s) if not frontend(s)

without_policy(s) if not lib.present(frontend_here(s).config.spec, "sslPolicy")

lost(s) if {
	frontend(s)
	not frontend_here(s)
}

deny contains {"subject": s.id, "path": ["metadata", "annotations", "networking.gke.io/v1beta1.FrontendConfig"], "msg": msg} if {
	some s in gce
	without_policy(s)
	not lost(s)
	msg := "without an sslPolicy in a FrontendConfig the load balancer accepts TLS 1.0; name one with a minimum of TLS 1.2"
}

# What a policy of that name says is not written here.
unknown contains {"subject": s.id, "reason": "what its sslPolicy says is not written here"} if {
	some s in gce
	frontend(s)
	not lost_or_without(s)
}

lost_or_without(s) if {
	without_policy(s)
	not lost(s)
}
