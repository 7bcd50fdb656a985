"""SARIF: what GitHub code scanning needs beyond the schema."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from scanner.model import Check, Finding, Place, Policy, ScanResult, Severity, Span, Status
from scanner.render import render


def run(result: ScanResult) -> Any:
    (only,) = json.loads(render(result, "sarif"))["runs"]
    return only


def only_result(result: ScanResult, **changes: object) -> Any:
    """The first finding of a result, changed and alone."""
    changed: Finding = result.findings[0]._replace(**changes)  # type: ignore[arg-type]  # tests name fields freely
    return run(result._replace(findings=(changed,)))["results"][0]


@pytest.fixture
def rich(results: dict[str, ScanResult]) -> ScanResult:
    return results["rich"]


def test_every_rule_has_what_github_shows(case: tuple[str, ScanResult]) -> None:
    rules = run(case[1])["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert 0 < len(rule["help"]["text"]) <= 1024
        assert rule["help"]["markdown"]
        assert rule["properties"]["precision"] in {"very-high", "high", "medium", "low"}
        tags = rule["properties"]["tags"]
        assert "security" in tags
        assert len(tags) == len(set(tags)) <= 10


def test_every_result_refers_to_its_rule_with_its_own_severity(case: tuple[str, ScanResult]) -> None:
    report = run(case[1])
    levels = {"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}
    scores = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0", "info": "0.0"}
    for entry, found in zip(report["results"], case[1].findings, strict=True):
        rule = report["tool"]["driver"]["rules"][entry["ruleIndex"]]
        assert rule["id"] == entry["ruleId"]
        assert rule["properties"]["security-severity"] == scores[found.severity.value]
        assert entry["level"] == rule["defaultConfiguration"]["level"] == levels[found.severity.value]


def test_a_severity_of_its_own_makes_a_descriptor_of_its_own(rich: ScanResult) -> None:
    names = {entry["ruleId"] for entry in run(rich)["results"]}
    assert "pan_in_source.text/info" in names
    assert "verification_code_stored.sql" in names


def test_every_location_is_one_line_with_four_numbers(case: tuple[str, ScanResult]) -> None:
    for entry in run(case[1])["results"]:
        (location,) = entry["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"] >= 1
        assert 1 <= region["startColumn"] <= region["endColumn"]


def test_a_region_of_several_lines_ends_with_its_first(rich: ScanResult) -> None:
    place = Place("a.py", Span(3, 5, 9, 2))
    location = only_result(rich, place=place, snippet="x = call(\n  a,\n")["locations"][0]["physicalLocation"]
    assert location["region"] == {
        "startLine": 3,
        "startColumn": 5,
        "endLine": 3,
        "endColumn": 10,
        "snippet": {"text": "call("},
    }
    assert location["contextRegion"] == {"startLine": 3, "snippet": {"text": "x = call("}}


def test_a_span_beyond_its_text_keeps_its_numbers_and_claims_no_text(rich: ScanResult) -> None:
    place = Place("a.py", Span(3, 500, 3, 510))
    region = only_result(rich, place=place, snippet="cut")["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 500, "endLine": 3, "endColumn": 510}


@pytest.mark.parametrize(
    "path", ["a b/%41.py", "c:/x.py", "日本/é.tf", "q?#.sql", "raw\udcff.py", "new\nline.py", "+plus&.py"]
)
def test_uris_give_the_path_back_byte_for_byte(rich: ScanResult, path: str) -> None:
    location = only_result(rich, place=Place(path, Span(1, 1, 1, 2)))["locations"][0]["physicalLocation"]
    uri = location["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set(" ?#\n:&+")
    assert unquote_to_bytes(uri) == path.encode("utf-8", "surrogateescape")
    assert location["artifactLocation"]["uriBaseId"] == "%SRCROOT%"


def test_fingerprints_are_ours_and_codeql_s(rich: ScanResult) -> None:
    first = run(rich)["results"][0]["partialFingerprints"]
    assert first == {
        "primaryLocationLineHash": rich.line_hashes["db/migrations/0007_cards.sql", 9],
        "paylint/v1": rich.findings[0].fingerprint,
    }
    assert "primaryLocationLineHash" not in run(rich._replace(line_hashes={}))["results"][0]["partialFingerprints"]


def test_suppressions_say_who_is_suppressed_and_who_is_not(rich: ScanResult) -> None:
    suppressions = [entry["suppressions"] for entry in run(rich)["results"]]
    assert [len(items) for items in suppressions] == [1 if found.suppressed else 0 for found in rich.findings]
    assert suppressions[-1][0]["kind"] == "inSource"
    assert suppressions[-1][0]["justification"] == "runs on generated numbers only"
    assert suppressions[-1][0]["properties"] == {"until": "2027-03-31"}


def test_a_trace_is_a_flow_that_ends_at_the_finding(rich: ScanResult) -> None:
    entry = next(
        item for item in run(rich)["results"] if item["locations"][0]["physicalLocation"]["region"]["startLine"] == 14
    )
    flow = entry["codeFlows"][0]["threadFlows"][0]["locations"]
    lines = [step["location"]["physicalLocation"]["region"]["startLine"] for step in flow]
    assert lines == [33, 41, 14]
    assert [location["id"] for location in entry["relatedLocations"]] == [1, 2]
    assert entry["relatedLocations"][0]["message"]["text"] == "a card number enters here"


def test_relationships_point_at_taxa(case: tuple[str, ScanResult]) -> None:
    report = run(case[1])
    driver = report["tool"]["driver"]
    assert [item["name"] for item in driver["supportedTaxonomies"]] == [item["name"] for item in report["taxonomies"]]
    for rule in driver["rules"]:
        for relationship in rule["relationships"]:
            target = relationship["target"]
            taxonomy = report["taxonomies"][target["toolComponent"]["index"]]
            assert taxonomy["name"] == target["toolComponent"]["name"]
            assert taxonomy["taxa"][target["index"]]["id"] == target["id"]


def test_tags_keep_the_weakness_however_many_requirements_there_are(rich: ScanResult) -> None:
    many = Policy(
        "verification_code_stored",
        "t",
        Severity.HIGH,
        "",
        "",
        {"gdpr": ("32",), "pci-dss-4.0.1": tuple(f"1.{n}" for n in range(20))},
        ("CWE-79",),
    )
    rules = run(rich._replace(policies={**rich.policies, many.id: many}))["tool"]["driver"]["rules"]
    tags = next(rule["properties"]["tags"] for rule in rules if rule["id"] == "verification_code_stored.sql")
    assert tags == ["security", *(f"pci-dss-4.0.1:1.{n}" for n in range(8)), "external/cwe/cwe-079"]


def test_long_help_is_cut(rich: ScanResult) -> None:
    long = rich.policies["verification_code_stored"]._replace(rationale="why " * 1000)
    rules = run(rich._replace(policies={**rich.policies, long.id: long}))["tool"]["driver"]["rules"]
    texts = next(rule for rule in rules if rule["id"] == "verification_code_stored.sql")
    assert len(texts["help"]["text"]) == len(texts["fullDescription"]["text"]) == 1024


def test_an_incomplete_scan_is_no_success(results: dict[str, ScanResult]) -> None:
    (invocation,) = run(results["incomplete"])["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 3
    errors = [item for item in invocation["toolExecutionNotifications"] if item["level"] == "error"]
    assert [item["message"]["text"] for item in errors] == [
        f"{error.engine}: {error.message}" for error in results["incomplete"].errors
    ]
    assert errors[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "infra/broken.tf"
    assert "locations" not in errors[-1]


def test_a_rule_that_raised_is_no_success_either(results: dict[str, ScanResult]) -> None:
    broken = results["passed"]._replace(checks=(Check("r", "s", Status.ERROR, "divided by zero"),))
    (invocation,) = run(broken)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "r on s: divided by zero"


def test_a_complete_scan_is_a_success_and_tells_what_it_skipped(rich: ScanResult) -> None:
    (invocation,) = run(rich)["invocations"]
    assert invocation["executionSuccessful"] is True
    texts = [item["message"]["text"] for item in invocation["toolExecutionNotifications"]]
    assert "2 skipped: binary" in texts
    assert "lines 80-95 could not be parsed" in texts


def test_there_is_no_clock_and_no_random_id(case: tuple[str, ScanResult]) -> None:
    report = render(case[1], "sarif")
    assert "guid" not in report.lower()
    assert "Utc" not in report
    assert run(case[1])["automationDetails"] == {"id": "paylint/"}
