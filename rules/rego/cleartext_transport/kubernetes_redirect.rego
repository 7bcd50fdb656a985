# METADATA
# title: An ingress serves plain HTTP beside or instead of HTTPS
# custom: {confidence: medium, applies_to: {kubernetes: [Ingress, ConfigMap]}}
package paylint.rules.cleartext_transport.kubernetes_redirect

import data.paylint.kubernetes
import data.paylint.lib

ingresses contains s if {
	s := input.kubernetes.Ingress[_]
	some group in ["networking.k8s.io", "extensions"]
	kubernetes.in_group(s, group)
	not kubernetes.is_internal(s)
	not lib.in_cluster_only(s)
}

has_tls(s) if count(lib.as_array(kubernetes.get(s.config.spec, "tls", []))) > 0

class(s) := lib.text(s.config.spec.ingressClassName) if {
	lib.text(s.config.spec.ingressClassName)
} else := kubernetes.annotation(s, "kubernetes.io/ingress.class")

# --- ingress-nginx redirects where there is a certificate, unless it is told not to

nginx(key) := sprintf("nginx.ingress.kubernetes.io/%s", [key])

# Other controllers have a switch of their own for it.
switches := [
	nginx("ssl-redirect"), "haproxy.org/ssl-redirect", "haproxy-ingress.github.io/ssl-redirect", "ingress.kubernetes.io/ssl-redirect",
	"appgw.ingress.kubernetes.io/ssl-redirect", "nginx.org/redirect-to-https", "ingress.cloud.ibm.com/redirect-to-https",
]

applies contains s.id if {
	some s in ingresses
	has_tls(s)
	some key in switches
	kubernetes.annotation(s, key)
}

deny contains {"subject": s.id, "path": ["metadata", "annotations", key], "msg": msg} if {
	some s in ingresses
	s.id in applies
	has_tls(s)
	some key in switches
	lib.falsy(kubernetes.annotation(s, key))
	not lib.truthy(kubernetes.annotation(s, nginx("force-ssl-redirect")))
	msg := "the redirect to HTTPS is off: the ingress answers plain HTTP beside HTTPS, and a client that begins in clear stays there; take the annotation out"
}

# --- what a controller is told to listen on

# Traefik: the entry point by its usual name. Kong: the protocols it takes.
plain_words := {
	"traefik.ingress.kubernetes.io/router.entrypoints": `^(?:web|http)$`,
	"konghq.com/protocols": `(?:^|,)\s*(?:http|grpc)\s*(?:,|$)`,
}

applies contains s.id if {
	some s in ingresses
	some key, _ in plain_words
	kubernetes.annotation(s, key)
}

deny contains {"subject": s.id, "path": ["metadata", "annotations", key], "msg": msg} if {
	some s in ingresses
	has_tls(s)
	some key, words in plain_words
	value := trim_space(lower(kubernetes.annotation(s, key)))
	regex.match(words, value)
	not kubernetes.annotation(s, "traefik.ingress.kubernetes.io/router.middlewares")
	msg := sprintf("%s: the ingress has a certificate, and answers plain HTTP; name what is HTTPS only", [value])
}

# ingress-nginx's settings for all ingresses.
settings contains s if {
	s := input.kubernetes.ConfigMap[_]
	regex.match(`(?i)nginx|ingress`, s.name)
	some key in ["ssl-redirect", "redirect-to-https"]
	kubernetes.get(s.config, ["data", key], null) != null
}

applies contains s.id if some s in settings

deny contains {"subject": s.id, "path": ["data", key], "msg": msg} if {
	some s in settings
	some key in ["ssl-redirect", "redirect-to-https"]
	lib.falsy(s.config.data[key])
	not lib.truthy(s.config.data["force-ssl-redirect"])
	not behind_another(s)
	msg := sprintf("%s is off for every ingress: plain HTTP is answered beside HTTPS, and a client that begins in clear stays there; take it out", [key])
}

# What ends TLS before the controller says in headers which clients it serves, and may redirect them.
behind_another(s) if {
	some key in ["use-forwarded-headers", "use-proxy-protocol"]
	lib.truthy(s.config.data[key])
}

behind_another(s) if regex.match(`return\s+30[178]\s+https://`, lib.text(s.config.data["http-snippet"]))

unknown contains {"subject": s.id, "reason": "a load balancer before the controller may end TLS and redirect"} if {
	some s in settings
	some key in ["ssl-redirect", "redirect-to-https"]
	lib.falsy(s.config.data[key])
	behind_another(s)
}

# --- AWS load balancers (alb): HTTP on port 80 unless something says otherwise

alb(key) := sprintf("alb.ingress.kubernetes.io/%s", [key])

albs contains s if {
	some s in ingresses
	kubernetes.annotation(s, alb("scheme")) == "internet-facing"
}

applies contains s.id if some s in albs

plain(s) if regex.match(`(?i)"HTTP"`, kubernetes.annotation(s, alb("listen-ports")))

plain(s) if {
	not kubernetes.annotation(s, alb("listen-ports"))
	not kubernetes.annotation(s, alb("certificate-arn"))
	not has_tls(s)
}

# Ingresses of one group share their listeners and certificates, and whether they redirect.
group_of(s) := kubernetes.annotation(s, alb("group.name"))

redirects(s) if redirects_itself(s)

redirects(s) if {
	some other in albs
	group_of(other) == group_of(s)
	redirects_itself(other)
}

redirects_itself(s) if kubernetes.annotation(s, alb("ssl-redirect"))

redirects_itself(s) if {
	some key, value in kubernetes.entries(s.config.metadata.annotations)
	startswith(key, alb("actions."))
	regex.match(`(?i)"protocol"\s*:\s*"HTTPS"`, lib.text(value))
}

may_share(s) if {
	group_of(s)
	not input.unit.alone
}

where(s) := ["metadata", "annotations", alb("listen-ports")] if kubernetes.annotation(s, alb("listen-ports"))

where(s) := ["metadata", "name"] if not kubernetes.annotation(s, alb("listen-ports"))

deny contains {"subject": s.id, "path": where(s), "msg": msg} if {
	some s in albs
	plain(s)
	not redirects(s)
	not may_share(s)
	msg := "the load balancer serves plain HTTP to the internet; give it a certificate, listen on HTTPS and set alb.ingress.kubernetes.io/ssl-redirect: '443'"
}

unknown contains {"subject": s.id, "reason": "another ingress of its group may redirect to HTTPS"} if {
	some s in albs
	plain(s)
	not redirects(s)
	may_share(s)
}

# --- Google's load balancer (gce) answers HTTP as well, unless it is told not to

# Without a certificate there is nothing but HTTP: cleartext_transport.kubernetes says so.
gces contains s if {
	some s in ingresses
	is_gce(s)
	kubernetes.has_certificate(s)
}

is_gce(s) if class(s) == "gce"

is_gce(s) if {
	some key in ["networking.gke.io/managed-certificates", "ingress.gcp.kubernetes.io/pre-shared-cert", "networking.gke.io/v1beta1.FrontendConfig"]
	kubernetes.annotation(s, key)
}

applies contains s.id if some s in gces

frontend(s) := kubernetes.annotation(s, "networking.gke.io/v1beta1.FrontendConfig")

frontend_here(s) := [found |
	found := input.kubernetes.FrontendConfig[_]
	found.name == frontend(s)
	lib.namespace(found) == lib.namespace(s)
][0]

sends_on(s) if lib.truthy(frontend_here(s).config.spec.redirectToHttps.enabled)

http_off(s) if lib.falsy(kubernetes.annotation(s, "kubernetes.io/ingress.allow-http"))

not_here(s) if {
	frontend(s)
	not frontend_here(s)
}

deny contains {"subject": s.id, "path": ["metadata", "annotations", "kubernetes.io/ingress.allow-http"], "msg": msg} if {
	some s in gces
	not http_off(s)
	not sends_on(s)
	not not_here(s)
	msg := "the load balancer answers plain HTTP as well; set kubernetes.io/ingress.allow-http: \"false\", or redirectToHttps in a FrontendConfig"
}

unknown contains {"subject": s.id, "reason": "its FrontendConfig, which may redirect to HTTPS, is not here"} if {
	some s in gces
	not http_off(s)
	not_here(s)
}
