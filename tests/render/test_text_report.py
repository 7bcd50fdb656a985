"""The text report: what a developer sees, and what it never claims."""

from __future__ import annotations

import pytest

from scanner.model import (
    Analysed,
    Check,
    Confidence,
    Finding,
    Place,
    Policy,
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
from scanner.render import render

POLICY = Policy("weak_tls", "TLS is recent", Severity.MEDIUM, "Old TLS can be read.", "Raise the version.")
FOUND = Finding(
    policy="weak_tls",
    rule="weak_tls.python",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    message="TLS 1.0 is allowed",
    place=Place("app/net.py", Span(7, 9, 7, 16)),
    snippet="version=TLSv1_0, timeout=3",
    remediation=POLICY.remediation,
    controls={"pci-dss-4.0.1": ("4.2.1",)},
    cwe=("CWE-327",),
)
NOTHING = ScanResult(
    tool=Tool("paylint", "0.1.0", ""),
    policies={POLICY.id: POLICY},
    rules={},
    findings=(),
    checks=(),
    analysed=(Analysed("app/net.py", ("semgrep",)),),
    skipped=(),
    errors=(),
    fail_on=Severity.MEDIUM,
    exit_code=0,
)


def at(path: str, line: int, column: int = 9, end_column: int = 16, end_line: int = 0) -> Place:
    return Place(path, Span(line, column, end_line or line, end_column))


def text(*findings: Finding, **changes: object) -> str:
    result = NOTHING._replace(findings=findings, exit_code=1 if findings else 0)
    return render(result._replace(**changes), "text")  # type: ignore[arg-type]  # tests name fields freely


def verdict(report: str) -> str:
    return report.splitlines()[-1]


def marked(report: str) -> str:
    """What the carets of the first excerpt point at."""
    lines = report.splitlines()
    number = next(index for index, line in enumerate(lines) if "^" in line)
    start, end = lines[number].index("^"), lines[number].rindex("^") + 1
    return lines[number - 1][start:end]


def test_a_finding_is_explained() -> None:
    assert text(FOUND).splitlines()[:8] == [
        "app/net.py:7:9  MEDIUM  TLS is recent  (weak_tls / weak_tls.python)",
        "       7 | version=TLSv1_0, timeout=3",
        "         |         ^^^^^^^",
        "  why:     TLS 1.0 is allowed",
        "           Old TLS can be read.",
        "  fix:     Raise the version.",
        "  control: PCI DSS v4.0.1 4.2.1; CWE-327",
        "",
    ]


def test_explanations_are_given_once() -> None:
    report = text(
        FOUND,
        FOUND._replace(place=at("app/net.py", 9), message="TLS 1.1 is allowed"),
        FOUND._replace(place=at("app/two.py", 3)),
    )
    assert report.count("Old TLS can be read.") == 1
    assert report.count("fix:") == report.count("control:") == 2
    assert report.count("why:") == 3
    second_file = report.split("app/two.py")[1]
    assert "fix:" in second_file


def test_findings_stand_together_by_file_in_the_order_of_lines() -> None:
    places = [at("b.py", 2), at("a.py", 9), at("b.py", 1), at("a.py", 3)]
    heads = [line for line in text(*[FOUND._replace(place=place) for place in places]).splitlines() if "MEDIUM" in line]
    assert [head.split("  ")[0] for head in heads] == ["a.py:3:9", "a.py:9:9", "b.py:1:9", "b.py:2:9"]


def test_low_confidence_is_said() -> None:
    assert "(weak_tls / weak_tls.python, low confidence)" in text(FOUND._replace(confidence=Confidence.LOW))


@pytest.mark.parametrize(
    ("snippet", "column", "end", "expected"),
    [
        ("f(card)", 3, 7, "card"),
        ("\tf(card)", 4, 8, "card"),
        ("f('日本', card)", 9, 13, None),
        ("x" * 200 + " card " + "y" * 200, 202, 206, "card"),
        ("card" + "y" * 200, 1, 5, "card"),
        ("x" * 200 + "card", 201, 205, "card"),
        ("f(\x1b)", 3, 4, "\\x1b"),
        ("f()", 3, 3, ")"),
    ],
)
def test_the_span_is_underlined(snippet: str, column: int, end: int, expected: str | None) -> None:
    report = text(FOUND._replace(snippet=snippet, place=at("a.py", 1, column, end)))
    if expected is None:  # wide characters take two columns, so the carets stand two further right
        carets = next(line for line in report.splitlines() if "^" in line)
        assert carets.index("^") == len("       1 | f('日本', ") + 2
        assert carets.count("^") == 4
    else:
        assert marked(report) == expected
    assert all(len(line) <= 100 for line in report.splitlines())


@pytest.mark.parametrize(("column", "end"), [(30, 34), (2, 30), (4, 4)])
def test_a_span_that_does_not_fit_the_text_is_not_underlined(column: int, end: int) -> None:
    report = text(FOUND._replace(snippet="f()", place=at("a.py", 1, column, end)))
    assert "       1 | f()" in report
    assert "^" not in report


def test_lines_of_a_longer_span_are_marked() -> None:
    block = FOUND._replace(snippet="call(\n  card,\n)", place=at("a.py", 99, 1, 2, end_line=101))
    assert text(block).splitlines()[1:4] == ["    > 99 | call(", "   > 100 |   card,", "   > 101 | )"]


def test_a_finding_without_text_has_no_excerpt() -> None:
    assert " | " not in text(FOUND._replace(snippet=""))


def test_the_trace_shows_every_step() -> None:
    steps = (
        Step(at("app/api.py", 3, 1, 5), "the number enters", "card = read()"),
        Step(at("app/" + "long_name_" * 8 + ".py", 4), "and is passed on without any protection"),
    )
    assert text(FOUND._replace(trace=steps)).splitlines()[5:10] == [
        "  trace:   1. app/api.py:3:1  the number enters",
        "          3 | card = read()",
        "            | ^^^^",
        "           2. app/" + "long_name_" * 8 + ".py:4:9",
        "              and is passed on without any protection",
    ]


def test_notes_take_one_line_per_file() -> None:
    note = FOUND._replace(severity=Severity.INFO, message="a published test card number")
    notes = [note._replace(place=at("tests/cards.json", line)) for line in range(1, 13)]
    report = text(*notes, exit_code=0)
    assert report.startswith(
        "tests/cards.json  12 INFO  a published test card number (weak_tls, lines 1, 2, 3, 4, 5 and 7 more)\n\n"
    )
    assert "why:" not in report
    assert verdict(report) == "no violation found in what was checked (1 file)"


def test_notes_are_shown_in_full_to_who_gates_on_them() -> None:
    report = text(FOUND._replace(severity=Severity.INFO), fail_on=Severity.INFO)
    assert "app/net.py:7:9  INFO  TLS is recent" in report
    assert verdict(report) == "violations found: 1 info"


def test_suppressed_findings_are_counted_only() -> None:
    report = text(FOUND._replace(suppressed=Suppression("runs in tests", "app/net.py", 7)), exit_code=0)
    assert "app/net.py" not in report
    assert "findings: none; 1 suppressed by inline ignores" in report
    assert verdict(report) == "no violation found in what was checked (1 file, 1 suppressed)"


def test_verdict_names_what_was_found() -> None:
    critical = FOUND._replace(severity=Severity.CRITICAL, place=at("a.py", 1))
    assert verdict(text(FOUND, critical, critical)) == "violations found: 2 critical, 1 medium"
    low = text(FOUND._replace(severity=Severity.LOW), exit_code=0)
    assert verdict(low) == "violations found: 1 low (none of them fails the scan: it fails on medium)"


def test_verdict_counts_what_was_checked() -> None:
    checks = (
        Check("r", "a", Status.PASS),
        Check("r", "b", Status.PASS),
        Check("r", "c", Status.UNKNOWN, "only after apply"),
    )
    report = text(checks=checks)
    assert verdict(report) == "no violation found in what was checked (1 file, 2 checks)"
    assert "checks:   2 pass, 0 fail, 1 unknown, 0 error" in report
    assert "UNKNOWN: 1 check could be decided neither way\n  1 x only after apply\n      c (r)\n" in report


def test_nothing_to_check() -> None:
    report = text(analysed=(), skipped=(Skipped("logo.png", "binary"),))
    assert "coverage: 0 files analysed, 1 skipped: 1 binary" in report
    assert verdict(report) == "nothing to check: no file here concerns the rules"


@pytest.mark.parametrize(
    "changes",
    [
        {"errors": (ScanError("a.tf", "terraform", "does not parse"),), "exit_code": 3},
        {"errors": (ScanError("a.tf", "terraform", "does not parse"),), "exit_code": 0},
        {"checks": (Check("r", "s", Status.ERROR, "raised"),)},
        {"exit_code": 3},
        {"exit_code": 3, "analysed": ()},
    ],
)
def test_incomplete_is_never_good_news(changes: dict[str, object]) -> None:
    report = text(**changes)
    assert report.startswith("INCOMPLETE: ")
    assert verdict(report).startswith("INCOMPLETE: ")
    assert "no violation found" not in report


def test_errors_come_before_the_counts_with_file_engine_and_message() -> None:
    slow = [ScanError(f"{name}.py", "semgrep", "timed out after 5 s") for name in "abcdefghijkl"]
    report = text(FOUND, errors=(ScanError("", "rego", "no rules"), *slow), exit_code=3)
    block = report[report.index("INCOMPLETE:") : report.index("findings:")]
    assert block.startswith(
        "INCOMPLETE: nothing can be said about\n  the scan as a whole\n      rego: no rules\n  a.py\n"
    )
    assert block.count("semgrep: timed out after 5 s") == 1
    assert "and 2 more (--format json lists them all)" in block
    assert verdict(report) == "INCOMPLETE: 13 errors; 1 medium violation in what was checked"


def test_an_error_told_by_its_check_as_well_is_shown_once() -> None:
    report = text(
        errors=(ScanError("unit", "rego", "divided by zero"),),
        checks=(Check("r", "s", Status.ERROR, "divided by zero"),),
        exit_code=3,
    )
    assert report.count("divided by zero") == 1


def test_coverage_names_partial_files_and_groups_reasons() -> None:
    partial = tuple(Analysed(f"{n}.py", ("semgrep",), f"line {n} could not be parsed") for n in range(7))
    skipped = (Skipped("a", "vendored"), Skipped("b", "binary"), Skipped("c", "binary"))
    report = text(analysed=partial, skipped=skipped)
    assert "coverage: 7 files analysed (7 in part), 3 skipped: 2 binary, 1 vendored\n" in report
    assert report.count("in part: ") == 5
    assert "and 2 more in part (--format json lists them all)" in report


def test_many_reasons_are_cut_and_counted() -> None:
    checks = tuple(Check("r", f"s{n}", Status.UNKNOWN, f"reason {n}") for n in range(9))
    skipped = tuple(Skipped(f"f{n}", f"reason {n}") for n in range(9))
    report = text(checks=checks, skipped=skipped)
    assert "  4 x other reasons (--format json lists them all)\n" in report
    assert "1 reason 4, 4 for other reasons" in " ".join(report.split())


@pytest.mark.parametrize("name", ["rich", "empty", "passed", "incomplete", "hostile"])
def test_it_never_claims_more_than_it_knows(results: dict[str, ScanResult], name: str) -> None:
    report = render(results[name], "text").lower()
    assert "compliant" not in report
    assert "clean" not in report


def test_it_keeps_to_the_page(results: dict[str, ScanResult]) -> None:
    paths = ("services/ledger/src/main/java",)
    lines = [line for name in ("rich", "passed", "incomplete") for line in render(results[name], "text").splitlines()]
    assert [line for line in lines if len(line) > 100 and not line.startswith(paths)] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_overlong_messages_are_cut() -> None:
    report = text(FOUND._replace(message="word " * 10_000))
    assert len(report) < 3_000
    assert report.count("word") < 200
    assert "...\n           Old TLS" in report


def test_colour_is_by_severity() -> None:
    report = render(
        NOTHING._replace(findings=(FOUND._replace(severity=Severity.HIGH),), exit_code=1), "text", color=True
    )
    assert "\x1b[1;31mHIGH\x1b[0m" in report
    assert "\x1b[1;31m^^^^^^^\x1b[0m" in report
    assert report.endswith("\x1b[1;31mviolations found: 1 high\x1b[0m\n")
