"""What holds for all renderers: golden files, purity, and safety whatever the strings hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.errors import UsageError
from scanner.model import (
    Analysed,
    Check,
    Confidence,
    Finding,
    Place,
    Policy,
    Rule,
    ScanError,
    ScanResult,
    Severity,
    Skipped,
    Span,
    Status,
    Step,
    Suppression,
    Tool,
)
from scanner.render import FORMATS, render

SCHEMAS = Path(__file__).parents[2] / "reports" / "schemas"
PAYLINT = jsonschema_rs.Draft202012Validator(json.loads((SCHEMAS / "paylint-1.schema.json").read_bytes()))
SARIF = jsonschema_rs.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_bytes()), validate_formats=True)
EXTENSIONS = {"text": "txt", "json": "json", "sarif": "sarif"}
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("fmt", sorted(EXTENSIONS))
def test_golden(case: tuple[str, ScanResult], fmt: str, golden: Callable[[str, str], None]) -> None:
    name, result = case
    golden(f"{name}.{EXTENSIONS[fmt]}", render(result, fmt))


def test_json_follows_our_schema(case: tuple[str, ScanResult]) -> None:
    PAYLINT.validate(json.loads(render(case[1], "json")))


def test_sarif_follows_the_official_schema(case: tuple[str, ScanResult]) -> None:
    SARIF.validate(json.loads(render(case[1], "sarif")))


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"'docx'.*text, json, sarif"):
        render(EMPTY, "docx")


TEXT = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\x1b\x07\x9b\u202e\u2028\ud800\udcff\0\t\r\n/日")
)
SPANS = st.builds(Span, *[st.integers(1, 400)] * 4)
PLACES = st.builds(Place, TEXT, SPANS)
CONTROLS = st.dictionaries(TEXT | st.just("pci-dss-4.0.1"), st.lists(TEXT, max_size=3).map(tuple), max_size=2)
CWE = st.lists(TEXT, max_size=2).map(tuple)
STEPS = st.builds(Step, PLACES, TEXT, TEXT)
SEVERITIES, CONFIDENCES = st.sampled_from(Severity), st.sampled_from(Confidence)
FINDINGS = st.builds(
    Finding,
    policy=TEXT,
    rule=TEXT,
    severity=SEVERITIES,
    confidence=CONFIDENCES,
    message=TEXT,
    place=PLACES,
    snippet=TEXT,
    remediation=TEXT,
    controls=CONTROLS,
    cwe=CWE,
    trace=st.lists(STEPS, max_size=2).map(tuple),
    fingerprint=TEXT,
    suppressed=st.none() | st.builds(Suppression, TEXT, TEXT, st.integers(1, 9), st.none() | TEXT),
)
POLICIES = st.builds(Policy, TEXT, TEXT, SEVERITIES, TEXT, TEXT, CONTROLS, CWE)
RULES = st.builds(Rule, TEXT, TEXT, TEXT, TEXT, TEXT, SEVERITIES, CONFIDENCES, TEXT)


def several(items: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(items, max_size=2).map(tuple)


RESULTS = st.builds(
    ScanResult,
    tool=st.builds(Tool, TEXT, TEXT, TEXT),
    policies=st.lists(POLICIES, max_size=2).map(lambda items: {item.id: item for item in items}),
    rules=st.lists(RULES, max_size=2).map(lambda items: {item.id: item for item in items}),
    findings=several(FINDINGS),
    checks=several(st.builds(Check, TEXT, TEXT, st.sampled_from(Status), TEXT)),
    analysed=several(st.builds(Analysed, TEXT, several(TEXT), TEXT)),
    skipped=several(st.builds(Skipped, TEXT, TEXT)),
    errors=several(st.builds(ScanError, TEXT, TEXT, TEXT)),
    fail_on=SEVERITIES,
    exit_code=st.sampled_from([0, 1, 3]),
    line_hashes=st.dictionaries(st.tuples(TEXT, st.integers(1, 9)), TEXT, max_size=1),
)
EMPTY = ScanResult(Tool("paylint", "0", ""), {}, {}, (), (), (), (), (), Severity.MEDIUM, 0)
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@quick
@given(RESULTS)
def test_no_string_can_harm_a_report(result: ScanResult) -> None:
    for fmt in FORMATS:
        report = render(result, fmt)
        assert report.endswith("\n")
        assert all(char == "\n" or char.isprintable() for char in report), fmt
        assert report == render(result, fmt)
    PAYLINT.validate(json.loads(render(result, "json")))
    SARIF.validate(json.loads(render(result, "sarif")))


@quick
@given(RESULTS)
def test_colour_adds_styles_and_nothing_else(result: ScanResult) -> None:
    colored = render(result, "text", color=True)
    assert ANSI.sub("", colored) == render(result, "text")
    assert render(result, "json", color=True) == render(result, "json")
