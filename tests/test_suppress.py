from __future__ import annotations

from datetime import date

import pytest

from scanner import suppress
from scanner.model import Confidence, Finding, Place, Severity, Span
from scanner.text import Source

TODAY = date(2026, 5, 4)


def finding(line: int, end_line: int | None = None, policy: str = "pan_logged") -> Finding:
    span = Span(line, 1, end_line or line, 10)
    return Finding(
        policy, f"{policy}.python", Severity.HIGH, Confidence.HIGH, "m", Place("a.py", span), "s", "r", {}, ()
    )


def ignores(text: str, path: str = "a.py") -> tuple[suppress.Ignore, ...]:
    return suppress.read(Source(path, text.encode()))


def outcome(text: str, found: Finding) -> str | None:
    (result,) = suppress.apply([found], {"a.py": ignores(text)}, TODAY)
    return result.suppressed.reason if result.suppressed else None


@pytest.mark.parametrize(
    "comment",
    [
        "# paylint: ignore[pan_logged] staging only",
        "// paylint: ignore[pan_logged] staging only",
        "-- paylint: ignore[pan_logged] staging only",
        "/* paylint: ignore[pan_logged] staging only */",
        "<!-- paylint: ignore[pan_logged] staging only -->",
        "; paylint: ignore[pan_logged] staging only",
        "# paylint: ignore[other_one, pan_logged]: staging only",
        "# paylint:ignore[pan_logged.python] staging only",
        "# PAYLINT: ignore[pan_logged] staging only",
        "# paylint: ignore[pan_logged] staging only, until 2026-05-04",
        "# paylint: ignore[pan_logged] until 2027-01-01 staging only",
    ],
)
def test_a_reasoned_ignore_suppresses_on_its_line_and_below(comment: str) -> None:
    assert outcome(f"log(pan)  {comment}\n", finding(1)) == "staging only"
    assert outcome(f"{comment}\nlog(pan)\n", finding(2)) == "staging only"


@pytest.mark.parametrize(
    "comment",
    [
        "# paylint: ignore",
        "# paylint: ignore[pan_logged]",
        "# paylint: ignore[pan_logged]   ",
        "# paylint: ignore[] because",
        "# paylint: ignore pan_logged because",
        "# paylint: ignore[pan logged] because",
        "# paylint: ignore[pan_logged] because until tomorrow",
        "# paylint: ignore[pan_logged] because, until 2026-05-03",
        "# paylint: disable[pan_logged] because",
        "# paylint: ignore[pan_loged] because",
    ],
)
def test_a_bare_malformed_or_expired_one_suppresses_nothing_and_is_reported(comment: str) -> None:
    assert outcome(f"log(pan)  {comment}\n", finding(1)) is None
    hits = suppress.invalid("a.py", ignores(f"log(pan)  {comment}\n"), {"pan_logged"}, lambda name: name, TODAY)
    assert [(hit.rule, hit.place.span.line, hit.place.span.column) for hit in hits] == [(suppress.INVALID_RULE, 1, 11)]


def test_it_speaks_of_no_other_line_policy_or_file() -> None:
    text = "# paylint: ignore[pan_logged] known\nlog(pan)\nlog(pan)\n"
    assert outcome(text, finding(2)) == "known"
    assert outcome(text, finding(3)) is None
    assert outcome(text, finding(2, policy="pan_in_url")) is None
    trailing = "x = 1  # paylint: ignore[pan_logged] about line one\nlog(pan)\n"
    assert outcome(trailing, finding(2)) is None
    (elsewhere,) = suppress.apply([finding(2)], {"b.py": ignores(text)}, TODAY)
    assert elsewhere.suppressed is None


def test_a_finding_of_several_lines_is_covered_from_its_first_or_last_line_only() -> None:
    lines = ["log(", "  pan,", "  ref,", ")"]
    for number in range(4):
        text = "\n".join(
            line + ("  # paylint: ignore[pan_logged] ok" if at == number else "") for at, line in enumerate(lines)
        )
        assert (outcome(text, finding(1, 4)) == "ok") is (number in (0, 3))


def test_prose_that_explains_the_syntax_is_no_ignore() -> None:
    assert ignores("Write `# paylint: ignore[policy] reason`.\n", "README.md") == ()
    assert len(ignores("<!-- paylint: ignore[pan_logged] shown to the assessor -->\n", "README.md")) == 1


def test_an_ignore_of_paylint_itself_is_refused() -> None:
    text = "# paylint: ignore[invalid_suppression] quiet\n# paylint: ignore[pan_logged]\n"
    hits = suppress.invalid("a.py", ignores(text), {"pan_logged", "invalid_suppression"}, lambda name: name, TODAY)
    assert [hit.place.span.line for hit in hits] == [2]
    assert outcome(text, finding(2, policy="invalid_suppression")) is None


def test_ignores_survive_the_cache() -> None:
    (ignore,) = ignores("x  # paylint: ignore[a, b.c] r until 2030-01-01\n")
    assert suppress.Ignore.from_json(ignore.to_json()) == ignore
