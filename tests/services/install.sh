#!/bin/sh
# Installs the services the tests use, at fixed versions. Needs the Go toolchain.
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
