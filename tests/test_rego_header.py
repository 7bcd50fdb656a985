"""The `# METADATA` header of a rule."""

from __future__ import annotations

import pytest

from scanner.errors import RuleError
from scanner.model import Confidence, Severity
from scanner.rego_header import Header, read_header

PACKAGE = "package paylint.rules.weak_tls_version.terraform_aws\n"


def test_everything() -> None:
    text = f"""# paylint
#
# METADATA
# title: Listeners negotiate
#   TLS 1.2
# description: Why.
# custom:
#   confidence: high
#   severity: critical
#   applies_to:
#     terraform: [aws_lb_listener, aws_alb_listener]
#     kubernetes: ["*"]
#   reads: [[protocol], [rule, "*", status]]
{PACKAGE}"""
    assert read_header(text, "a.rego") == Header(
        title="Listeners negotiate TLS 1.2",
        confidence=Confidence.HIGH,
        severity=Severity.CRITICAL,
        applies_to={"terraform": ("aws_lb_listener", "aws_alb_listener"), "kubernetes": ("*",)},
        package="paylint.rules.weak_tls_version.terraform_aws",
        reads=(("protocol",), ("rule", "*", "status")),
    )


def test_what_may_be_left_out() -> None:
    header = read_header(f"# METADATA\n# title: t\n# custom: {{applies_to: {{sql: [table]}}}}\n{PACKAGE}", "a.rego")
    assert (header.confidence, header.severity, header.reads) == (Confidence.MEDIUM, None, ())


GOOD = {"title": "t", "custom": "{applies_to: {sql: [table]}}"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": None}, "header.title"),
        ({"title": "[1]"}, "header.title"),
        ({"custom": None}, "custom: expected a mapping"),
        ({"custom": "[]"}, "custom: expected a mapping"),
        ({"scope": "package"}, "there is no key 'scope'"),
        ({"custom": "{applies_to: {sql: [table]}, read: []}"}, "custom: there is no key 'read'"),
        ({"custom": "{confidence: high}"}, "custom.applies_to"),
        ({"custom": "{applies_to: {}}"}, "custom.applies_to"),
        ({"custom": "{applies_to: [table]}"}, "custom.applies_to"),
        ({"custom": "{applies_to: {sql: []}}"}, "custom.applies_to"),
        ({"custom": "{applies_to: {sql: table}}"}, "custom.applies_to"),
        ({"custom": "{applies_to: {sql: [1]}}"}, "custom.applies_to"),
        ({"custom": "{applies_to: {1: [table]}}"}, "custom.applies_to"),
        ({"custom": "{applies_to: {sql: [table]}, confidence: sure}"}, "custom.confidence"),
        ({"custom": "{applies_to: {sql: [table]}, severity: [high]}"}, "custom.severity"),
        ({"custom": "{applies_to: {sql: [table]}, reads: [protocol]}"}, "custom.reads"),
        ({"custom": "{applies_to: {sql: [table]}, reads: [[rule, 0]]}"}, "custom.reads"),
        ({"custom": "{applies_to: {sql: [table]}, reads: [[]]}"}, "custom.reads"),
    ],
)
def test_what_is_refused(change: dict[str, str | None], said: str) -> None:
    lines = [f"# {key}: {value}" for key, value in {**GOOD, **change}.items() if value is not None]
    text = "\n".join(["# METADATA", *lines, PACKAGE])
    with pytest.raises(RuleError, match=r"^rego/a\.rego: ") as caught:
        read_header(text, "rego/a.rego")
    assert said in str(caught.value)


def test_no_header_and_no_package() -> None:
    late = f"{PACKAGE}\n# METADATA\n# title: t\n# custom: {{applies_to: {{sql: [table]}}}}\nx := 1"
    for text in (PACKAGE, late):
        with pytest.raises(RuleError, match="METADATA"):
            read_header(text, "a.rego")
    with pytest.raises(RuleError, match="package"):
        read_header("# METADATA\n# title: t\n", "a.rego")


def test_a_yaml_error_names_its_line() -> None:
    with pytest.raises(RuleError, match=r"^a\.rego:4: the header is not valid YAML"):
        read_header(f"# METADATA\n# title: t\n# custom:\n#  a: b: c\n#  d: e\n{PACKAGE}", "a.rego")
