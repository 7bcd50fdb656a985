# METADATA
# title: An image runs as root
# custom: {severity: low, confidence: medium, applies_to: {dockerfile: [stage]}}
package paylint.rules.privileged_container.dockerfile

import data.paylint.lib

# The stage that is built by default. What a development container runs as, its editor decides.
final contains s if {
	s := input.dockerfile.stage[_]
	s.config.final == true
	not regex.match(`(?:^|/)\.devcontainer/`, s.path)
}

applies contains s.id if some s in final

is_root(user) if regex.match(`(?i)^(?:root|0+)(?::.*)?$`, lib.text(user))

deny contains {"subject": s.id, "path": ["user"], "msg": msg} if {
	some s in final
	is_root(s.config.user)
	msg := "the image's last USER is root: a flaw in the program starts with root inside the container; end with USER and a numeric id that is not 0"
}

deny contains {"subject": s.id, "path": ["from"], "msg": msg} if {
	some s in final
	s.config.user == null
	base := s.config.base
	starts_as_root(base)
	is_started(s, base)
	msg := sprintf("no USER is set and `%v` starts as root: so does this image; end with USER and a numeric id that is not 0", [base.image])
}

unknown contains {"subject": s.id, "reason": "its user comes from a variable"} if {
	some s in final
	lib.is_unknown(s.config.user)
}

# It names what it starts, or its base does. What is only built, tested or copied out of is none.
is_started(s, _) if s.config.starts == true

is_started(_, base) if short(base.name) in {"caddy", "httpd", "nginx", "tomcat"}

unknown contains {"subject": s.id, "reason": "no USER is set, and what the image starts, or whether it is one that runs, is not written here"} if {
	some s in final
	s.config.user == null
	starts_as_root(s.config.base)
	not is_started(s, s.config.base)
}

unknown contains {"subject": s.id, "reason": "no USER is set, and what the base image runs as is not known here"} if {
	some s in final
	s.config.user == null
	base := s.config.base
	not starts_as_root(base)
	not has_user(base)
}

starts_as_root(base) if base.kind == "scratch"

# Images of Docker's library, and of a few others, that leave the user to who builds on them, and start as root.
starts_as_root(base) if {
	base.kind == "image"
	known_root[short(base.name)]
	not has_user(base)
}

short(name) := trim_prefix(trim_prefix(trim_prefix(name, "docker.io/"), "library/"), "public.ecr.aws/docker/library/") if is_string(name)

known_root := {
	"alpine", "almalinux", "amazoncorretto", "amazonlinux", "archlinux", "azul/zulu-openjdk", "bash", "buildpack-deps", "busybox",
	"caddy", "centos", "clojure", "composer", "crystallang/crystal", "dart", "debian", "eclipse-temurin", "elixir",
	"erlang", "fedora", "golang", "gradle", "haskell", "httpd", "ibmjava", "julia", "maven", "nginx", "node", "openjdk", "opensuse/leap",
	"oraclelinux", "perl", "php", "pypy", "python", "r-base", "rocker/r-ver", "rockylinux", "ruby", "rust", "sapmachine", "swift", "tomcat",
	"ubuntu", "jetty-root", "oven/bun", "denoland/deno", "gcr.io/distroless/static", "gcr.io/distroless/static-debian11",
	"gcr.io/distroless/static-debian12", "gcr.io/distroless/base", "gcr.io/distroless/base-debian11", "gcr.io/distroless/base-debian12",
	"gcr.io/distroless/cc-debian12", "gcr.io/distroless/java17-debian12", "gcr.io/distroless/java21-debian12",
	"gcr.io/distroless/nodejs20-debian12", "gcr.io/distroless/nodejs22-debian12", "gcr.io/distroless/python3-debian12",
	"mcr.microsoft.com/dotnet/aspnet", "mcr.microsoft.com/dotnet/runtime", "mcr.microsoft.com/dotnet/sdk", "nvidia/cuda",
}

# Bases that set a user of their own, or whose start script gives root up before the program runs.
has_user(base) if regex.match(`(?i)non-?root|rootless|unprivileged|chiseled`, lib.text(base.image))

has_user(base) if regex.match(`^(?:docker\.io/)?(?:bitnami|bitnamilegacy|chainguard|cgr\.dev/chainguard|prom|grafana|jenkins|selenium|confluentinc|apache/airflow|hashicorp)/`, lib.text(base.image))

has_user(base) if regex.match(`^registry\.access\.redhat\.com/ubi[0-9]+/(?:openjdk|nodejs|python|ruby|php|go-toolset|nginx|httpd)`, lib.text(base.image))

has_user(base) if short(base.name) in {
	"cassandra", "couchdb", "elasticsearch", "flink", "ghost", "influxdb", "jetty", "kibana", "logstash", "mariadb", "memcached", "mongo", "mysql",
	"neo4j", "postgres", "rabbitmq", "redis", "solr", "sonarqube", "valkey/valkey", "zookeeper", "jenkins/jenkins", "keycloak/keycloak",
	"quay.io/keycloak/keycloak", "docker.elastic.co/elasticsearch/elasticsearch", "docker.elastic.co/kibana/kibana",
	"docker.elastic.co/logstash/logstash", "opensearchproject/opensearch", "varnish", "haproxy",
}
