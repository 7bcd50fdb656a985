#!/bin/sh
# Installs the services the tests use, at fixed versions. Needs the Go toolchain.
set -eu
OPA_VERSION=v1.22.2
bin=${GOBIN:-$HOME/.local/bin}
mkdir -p "$bin"
if command -v opa >/dev/null 2>&1 && opa version | grep -q "^Version: ${OPA_VERSION#v}$"; then
  echo "opa ${OPA_VERSION} is installed"
  exit 0
fi
if [ -x "$bin/opa" ] && "$bin/opa" version | grep -q "^Version: ${OPA_VERSION#v}$"; then
  echo "opa ${OPA_VERSION} is installed in $bin"
  exit 0
fi
command -v go >/dev/null 2>&1 || { echo "go is needed to install OPA: https://go.dev/dl" >&2; exit 1; }
echo "installing opa ${OPA_VERSION} into $bin (1 to 3 minutes)"
GOBIN="$bin" go install "github.com/open-policy-agent/opa@${OPA_VERSION}"
