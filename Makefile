# Needs Python 3.10+ and git. `make demo` and `make test` say what they do and how long it takes.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?= -n 2

.PHONY: help
help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/'

$(VENV)/.installed: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "paylint needs Python 3.10 or later; say which: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "== creating $(VENV) and installing pinned packages (1 to 2 minutes, once)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q scanner reference_impl
	@touch $@

.PHONY: install
install: $(VENV)/.installed ## the environment with paylint in it

.PHONY: demo
demo: install ## scan the demo shop and show what is found (2 minutes the first time, then seconds)
	@echo "== scanning tests/corpus/insecure_shop (a few seconds)"
	@$(BIN)/paylint scan tests/corpus/insecure_shop; status=$$?; \
	echo "== exit code $$status: 1 means violations were found, as they should be in an insecure shop"; test $$status -eq 1

.PHONY: reference
reference: install ## start the reference payment service on this machine and print how to tokenize a card with curl
	@$(BIN)/paylint-reference demo

.PHONY: lint
lint: install ## ruff, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: test
test: lint ## lint, types and all tests (about 5 minutes); what needs a missing service is skipped and named
	@echo "== running all tests; those that need a service this machine lacks are skipped and listed"
	$(BIN)/python -m pytest -rfEs $(PYTEST_ARGS)

.PHONY: services
services: ## install the real services the tests use (OPA, Helm, Kustomize, Terraform with Go; PostgreSQL, Redis, SoftHSM, Node, promtool, Chromium, Pango, Java as root; Kafka with Maven)
	sh tests/services/install.sh

.PHONY: bench
bench: install ## measure paylint beside semgrep, checkov and bandit (10 to 20 minutes)
	$(BIN)/python benchmarks/compare.py

.PHONY: lock
lock: install ## renew the pinned versions
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra evidence --extra pdf --extra reference --extra training --group dev --universal --python-version 3.10 --generate-hashes --no-header -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --extra reference --group image --universal --python-version 3.10 --generate-hashes --no-header -o requirements/reference.txt -c requirements/dev.txt
