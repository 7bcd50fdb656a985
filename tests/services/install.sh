#!/bin/sh
# Installs the services the tests use. Those in Go at fixed versions (needs the Go toolchain), the others from Debian's packages
# (needs root): PostgreSQL, Redis, SoftHSM, Node, promtool (of Prometheus), Chromium, Pango, and Java and Maven, which fetches Kafka from Maven Central at a fixed version.
# Nothing is started: the tests start what they use.
set -eu
bin=${GOBIN:-$HOME/.local/bin}
mkdir -p "$bin"

# is_version PROGRAM VERSION: whether it says so itself, or Go says so of it.
is_version() {
  [ -x "$1" ] && { "$1" version; go version -m "$1"; } 2>/dev/null | grep -qF "${2#v}"
}

# install NAME VERSION PACKAGE
install() {
  for program in "$(command -v "$1" || true)" "$bin/$1"; do
    if is_version "$program" "$2"; then
      echo "$1 $2 is installed: $program"
      return
    fi
  done
  command -v go >/dev/null 2>&1 || { echo "go is needed to install $1: https://go.dev/dl" >&2; exit 1; }
  echo "installing $1 $2 into $bin (1 to 5 minutes)"
  GOBIN="$bin" go install "$3@$2"
}

install opa v1.22.2 github.com/open-policy-agent/opa
install helm v3.16.3 helm.sh/helm/v3/cmd/helm
install kustomize v5.5.0 sigs.k8s.io/kustomize/kustomize/v5
install terraform v1.5.7 github.com/hashicorp/terraform

# has PROGRAM: whether it is on PATH, or where Debian keeps the programs of PostgreSQL's server.
has() {
  command -v "$1" >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/"$1" >/dev/null 2>&1
}

missing=
has postgres || missing="$missing postgresql"
has redis-server || missing="$missing redis-server"
has softhsm2-util || missing="$missing softhsm2"
has node || missing="$missing nodejs"
has promtool || missing="$missing prometheus"
has java || missing="$missing default-jre-headless"
has mvn || missing="$missing maven"
has chromium || missing="$missing chromium"
ldconfig -p | grep -q libpangoft2 || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
if [ -n "$missing" ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "install these by hand:$missing" >&2
    exit 1
  fi
  echo "installing$missing"
  # Packages start their services at once, unless this says no.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
  fi
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  # shellcheck disable=SC2086 # words
  apt-get install -y -q --no-install-recommends $missing
fi

# Where tests/reference/kafka_broker.py looks for it; made whole or not at all.
kafka=$HOME/.cache/paylint-kafka-3.9.1/libs
if [ -d "$kafka" ]; then
  echo "Kafka 3.9.1 is installed: $kafka"
else
  echo "fetching Kafka 3.9.1 into $kafka"
  mkdir -p "${kafka%/*}"
  rm -rf "$kafka.new"
  mvn -q -B -f "$(dirname "$0")/kafka/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$kafka.new"
  mv "$kafka.new" "$kafka"
fi

# What the deployment is validated against, where tests/reference/deployed.py looks for it: custom resources of Istio, the
# Prometheus operator (Go modules) and Strimzi (made by its own generator), and the AWS provider's schema, which a Go module has.
schemas=$HOME/.cache/paylint-schemas-1
if [ -d "$schemas" ]; then
  echo "schemas of the deployment are installed: $schemas"
else
  echo "fetching schemas of the deployment into $schemas"
  rm -rf "$schemas.new"
  mkdir -p "$schemas.new/strimzi"
  # module PATH@VERSION: where Go has it
  module() {
    (cd / && go mod download -json "$1") | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'
  }
  istio=$(module istio.io/api@v1.24.2)
  prometheus=$(module github.com/prometheus-operator/prometheus-operator@v0.79.2)
  aws=$(module github.com/upbound/provider-aws@v1.23.0)
  cp "$istio/kubernetes/customresourcedefinitions.gen.yaml" "$schemas.new/istio.yaml"
  cp "$prometheus/example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml" "$schemas.new/podmonitors.yaml"
  cp "$prometheus/example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml" "$schemas.new/prometheusrules.yaml"
  cp "$aws/config/schema.json" "$schemas.new/aws-5.82.2.json"
  mvn -q -B -f "$(dirname "$0")/strimzi/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$schemas.new/libs"
  for kind in kafka.Kafka topic.KafkaTopic user.KafkaUser nodepool.KafkaNodePool; do
    java -cp "$schemas.new/libs/*" io.strimzi.crdgenerator.CrdGenerator --yaml --target-kube 1.25+ --crd-api-version v1 \
      "io.strimzi.api.kafka.model.$kind=$schemas.new/strimzi/${kind#*.}.yaml" 2>/dev/null
  done
  # A provider that is only this schema, for terraform validate.
  (cd "$(dirname "$0")/schema_provider" && go build -o "$schemas.new/provider/terraform-provider-aws" .)
  chmod -R u+w "$schemas.new"
  rm -rf "$schemas.new/libs"
  mv "$schemas.new" "$schemas"
fi
