"""The JSON report and its schema: closed, complete, stable."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scanner.model import ScanResult
from scanner.render import render

SCHEMA = json.loads((Path(__file__).parents[2] / "reports" / "schemas" / "paylint-1.schema.json").read_bytes())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def objects(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a document and where it is."""
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from objects(item, f"{path}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from objects(item, f"{path}/{index}")


def test_the_schema_is_closed_and_every_key_is_required(results: dict[str, ScanResult]) -> None:
    report = json.loads(render(results["rich"], "json"))
    VALIDATOR.validate(report)
    for path, _ in objects(report):
        if path.endswith("/controls"):
            continue  # keyed by framework
        longer = copy.deepcopy(report)
        dict(objects(longer))[path]["surprise"] = 1
        assert not VALIDATOR.is_valid(longer), path
        for key in dict(objects(report))[path]:
            shorter = copy.deepcopy(report)
            del dict(objects(shorter))[path][key]
            assert not VALIDATOR.is_valid(shorter), f"{path}/{key}"


@pytest.mark.parametrize(
    ("partial", "reason", "valid"),
    [(True, "line 3", True), (False, None, True), (True, None, False), (False, "line 3", False), (True, "", False)],
)
def test_partial_comes_with_its_reason(
    results: dict[str, ScanResult], partial: bool, reason: str | None, valid: bool
) -> None:
    report = json.loads(render(results["passed"], "json"))
    entry = {"path": "a.py", "engines": ["semgrep"], "partial": partial}
    report["coverage"]["analysed"] = [entry if reason is None else {**entry, "partial_reason": reason}]
    assert VALIDATOR.is_valid(report) is valid


def test_everything_is_told(results: dict[str, ScanResult]) -> None:
    result = results["rich"]
    report = json.loads(render(result, "json"))
    assert list(report) == [
        "schema",
        "tool",
        "findings",
        "checks",
        "unknown",
        "coverage",
        "errors",
        "exit_code",
    ]
    assert report["schema"] == "paylint/1"
    assert report["checks"] == {"pass": 12, "fail": 3, "unknown": 4, "error": 0}
    assert report["coverage"]["files"] == len(result.analysed)
    assert [found["fingerprint"] for found in report["findings"]] == [found.fingerprint for found in result.findings]
    assert report["findings"][-1]["suppressed"] == {
        "reason": "runs on generated numbers only",
        "until": "2027-03-31",
        "path": "tools/replay.py",
        "line": 8,
    }
    assert report["findings"][1]["trace"][0]["path"] == "infra/modules/edge/variables.tf"
    assert report["findings"][0]["suppressed"] is None
    assert report["findings"][0]["title"] == "Card verification codes are not kept after authorisation"


def test_a_finding_of_an_unknown_policy_is_called_by_its_rule_or_its_id(results: dict[str, ScanResult]) -> None:
    without = results["rich"]._replace(policies={})
    assert json.loads(render(without, "json"))["findings"][0]["title"] == "No column holds a card verification code"
    bare = without._replace(rules={})
    assert json.loads(render(bare, "json"))["findings"][0]["title"] == "verification_code_stored"


def test_unprintable_text_survives_as_data(results: dict[str, ScanResult]) -> None:
    path = json.loads(render(results["hostile"], "json"))["findings"][0]["path"]
    expected = results["hostile"].findings[0].place.path
    assert path == expected.replace("\0", "\ufffd").replace("\ud800", "\ufffd").replace("\udcff", "\ufffd")
