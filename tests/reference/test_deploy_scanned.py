"""paylint reads the deployment like any other, and says so when a known mistake is put back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.command import paylint
from tests.reference.deployed import DEPLOY

_DENIED = re.compile(
    r"^apiVersion: \S+\nkind: NetworkPolicy\nmetadata: \{name: default-deny(?:.*\n)*?---\n", re.MULTILINE
)
_STRICT = re.compile(r"mtls: \{mode: STRICT\}")

MUTANTS = {
    "D63 egress to everybody": (
        "kubernetes/network-isolation.yaml",
        re.compile(r"    - to:\n        - podSelector:\n            matchLabels: \{app: payment-gateway\}\n"),
        "    - to: []\n",
        "unrestricted_egress",
    ),
    "D63 no default deny": ("kubernetes/network-isolation.yaml", _DENIED, "", "workload_not_isolated"),
    "D64 mutual TLS is not asked for": (
        "kubernetes/mesh.yaml",
        _STRICT,
        "mtls: {mode: PERMISSIVE}",
        "mesh_mtls_not_strict",
    ),
    "D65 listener in clear": ("kafka/kafka.yaml", re.compile("tls: true"), "tls: false", "cleartext_transport"),
    "D65 nobody says who they are": (
        "kafka/kafka.yaml",
        re.compile(r"        authentication: \{type: scram-sha-512\}\n"),
        "",
        "authentication_off",
    ),
    "D65 an audit trail for seven days": (
        "kafka/topics.yaml",
        re.compile("name: order.created\n"),
        "name: audit-events\n",
        "audit_log_retention",
    ),
    "D66 an action at a branch": (
        "ci/.github/workflows/payment-service.yaml",
        re.compile("trivy-action@[0-9a-f]{40}"),
        "trivy-action@master",
        "ci_action_not_pinned",
    ),
    "D69 a lock that its owner may open": (
        "terraform/logs.tf",
        re.compile('mode = "COMPLIANCE"'),
        'mode = "GOVERNANCE"',
        "audit_log_integrity",
    ),
    "D69 a lock without retention": (
        "terraform/logs.tf",
        re.compile(r"  rule \{\n    default_retention \{\n      mode = .*\n.*\n    \}\n  \}\n"),
        "",
        "audit_log_integrity",
    ),
    "keys are not rotated": (
        "terraform/keys.tf",
        re.compile(r"enable_key_rotation     = true"),
        "enable_key_rotation     = false",
        "key_rotation_off",
    ),
    "a database in clear": (
        "terraform/database.tf",
        re.compile("storage_encrypted .*= true"),
        "storage_encrypted = false",
        "storage_unencrypted",
    ),
    "TLS 1.0": (
        "terraform/edge.tf",
        re.compile("ELBSecurityPolicy-TLS13-1-2-Res-2021-06"),
        "ELBSecurityPolicy-2016-08",
        "weak_tls_version",
    ),
    "a secret in the manifest": (
        "kubernetes/payment-processor.yaml",
        re.compile(r"\{name: PAYMENT_PROCESSOR_SECRET_KEY, valueFrom: .*\}\}\}"),
        "{name: PAYMENT_PROCESSOR_SECRET_KEY, value: sk_live_hV7wq2nB8xT4kR9mZ3cY6}",
        "plaintext_secret",
    ),
    "a privileged container": (
        "kubernetes/payment-processor.yaml",
        re.compile("allowPrivilegeEscalation: false"),
        "privileged: true",
        "privileged_container",
    ),
}


def scan(code: Path) -> list[str]:
    answer = paylint("scan", code.name, "--no-cache", "--format", "json", "--fail-on", "info", cwd=code.parent)
    assert answer.json["errors"] == []
    return [each["policy"] for each in answer.json["findings"]]


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mistake_that_is_put_back_is_found(name: str, tmp_path: Path) -> None:
    file, right, wrong, policy = MUTANTS[name]
    code = tmp_path / "deploy"
    shutil.copytree(DEPLOY, code)
    assert scan(code / Path(file).parts[0]) == []
    text, changes = right.subn(wrong, (code / file).read_text("utf-8"))
    assert changes
    (code / file).write_text(text)
    assert policy in scan(code / Path(file).parts[0])


def test_everything_is_analysed() -> None:
    answer = paylint("scan", "deploy", "--no-cache", "--format", "json", cwd=DEPLOY.parent)
    known = {
        path.relative_to(DEPLOY.parent).as_posix() for path in DEPLOY.rglob("*") if path.suffix in {".tf", ".yaml"}
    }
    analysed = {each["path"] for each in answer.json["coverage"]["analysed"]}
    assert known <= analysed and "deploy/Dockerfile" in analysed
    assert answer.json["checks"]["pass"] > 100


def test_actions_are_pinned_and_every_change_is_scanned() -> None:
    [file] = (DEPLOY / "ci" / ".github" / "workflows").glob("*.yaml")
    workflow = yaml.safe_load(file.read_text("utf-8"))
    assert "pull_request" in workflow[True]  # "on" is a truth value of YAML 1.1
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert all(re.search(r"@[0-9a-f]{40}$", step["uses"]) for step in steps if "uses" in step)
    said = " ".join(step.get("run", "") + step.get("uses", "") for step in steps)
    assert "bandit" in said and "trivy-action" in said and "paylint scan" in said
    unconditional = [name for name, job in workflow["jobs"].items() if "if" not in job]
    assert unconditional == ["code", "images"]
