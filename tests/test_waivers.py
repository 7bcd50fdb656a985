"""What a waiver has to say, whom it holds for, and what is said of one that is wrong."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scanner import waivers
from scanner.errors import ConfigError
from scanner.model import Confidence, Finding, Hit, Place, Severity, Span, Waiver
from scanner.text import Source
from scanner.waivers.read import WORKSHEETS, matcher

TODAY = date(2027, 3, 31)
SCHEMA = json.loads((Path(__file__).parents[1] / "rules" / "waivers.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA, validate_formats=True)


def entry(**changed: Any) -> dict[str, Any]:
    said = {
        "id": "W-1",
        "type": "risk_accepted",
        "policy": "pan_logged",
        "path": "pay/log.py",
        "justification": "The partner needs it until the contract ends",
        "owner": "Olga Owner <olga@shop.example>",
        "approver": "Peter Approver <peter@shop.example>",
        "approved_at": "2027-01-01",
        "expires": "2027-06-30",
        "ticket": "SEC-12",
    }
    return {key: value for key, value in {**said, **changed}.items() if value is not None}


def read(*entries: Any) -> tuple[tuple[Waiver, ...], tuple[waivers.Malformed, ...]]:
    return waivers.read(Source("paylint-waivers.yaml", yaml.safe_dump({"waivers": list(entries)}).encode()))


def finding(path: str = "pay/log.py", **changed: Any) -> Finding:
    place = Place(path, Span(3, 1, 3, 9))
    made = Finding(
        "pan_logged",
        "pan_logged.python",
        Severity.HIGH,
        Confidence.HIGH,
        "m",
        place,
        "s",
        "r",
        {},
        (),
        fingerprint="abc",
    )
    return made._replace(**changed)


def scope(**changed: Any) -> waivers.Scope:
    known = {"pan_logged", "pan_logged.python", "weak_hash"}
    made = waivers.Scope(
        TODAY, known, lambda name: "pan_logged" if name == "card_logged" else name,
        ["pay/log.py"], known, whole=True, authors=lambda: dict.fromkeys(range(1, 400), "Ada <ada@shop.example>"),
    )  # fmt: skip
    return made._replace(**changed)


def applied(*entries: Any, found: Finding | None = None, **changed: Any) -> tuple[Finding, list[Hit]]:
    (marked,), _, hits = waivers.apply([found or finding()], *read(*entries), scope(**changed))
    return marked, hits


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"policy": "pan_logged.python"},
        {"policy": "card_logged"},
        {"path": "pay/*.py"},
        {"path": "pay/**"},
        {"path": "**/log.py"},
        {"path": None, "fingerprint": "abc"},
        {"expires": str(TODAY)},
        {"approved_at": str(TODAY)},
    ],
    ids=str,
)
def test_it_holds_for_what_it_names_until_its_last_day(changed: dict[str, Any]) -> None:
    marked, hits = applied(entry(**changed))
    assert marked.waived is not None and marked.excepted and hits == []


@pytest.mark.parametrize(
    "changed", [{"path": "pay/*.js"}, {"path": "log.py"}, {"path": "*/*/log.py"}, {"policy": "weak_hash"},
                {"path": None, "fingerprint": "abd"}], ids=str,
)  # fmt: skip
def test_it_holds_for_nothing_else(changed: dict[str, Any]) -> None:
    marked, hits = applied(entry(**changed))
    assert marked.waived is None
    assert [(hit.severity, "no such finding any more" in hit.message) for hit in hits] == [(Severity.LOW, True)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"expires": str(TODAY - timedelta(days=1))}, "expired on 2027-03-30"),
        ({"approved_at": str(TODAY + timedelta(days=1))}, "yet to come"),
        ({"approved_at": "2026-06-01", "expires": "2027-06-30"}, "longer than 366 days"),
        ({"policy": "pan_loged"}, "'pan_loged' is no policy or rule"),
        ({"approver": "O. Owner <OLGA@shop.example>"}, "its approver is its owner"),
        ({"approver": "A. <Ada@Shop.example>"}, "its approver wrote it, as git has it"),
        ({"path": "**"}, "no part of the project but all of it"),
        ({"path": "*"}, "no part of the project but all of it"),
        ({"path": "**/*.py"}, "no part of the project but all of it"),
        ({"path": "*/*"}, "no part of the project but all of it"),
    ],
    ids=str,
)
def test_one_that_is_wrong_waives_nothing_and_is_reported(changed: dict[str, Any], said: str) -> None:
    marked, (hit,) = applied(entry(**changed))
    assert marked.waived is None and not marked.excepted
    assert said in hit.message and "waives nothing" in hit.message and hit.message.startswith("waiver W-1: ")
    assert (hit.place.path, hit.place.span.line, hit.severity) == ("paylint-waivers.yaml", 2, None)


def test_a_path_that_fits_more_than_half_of_all_is_over_broad() -> None:
    files = [f"pay/{n}.py" for n in range(13)] + [f"web/{n}.py" for n in range(12)]
    assert "fits 13 of 25 files" in applied(entry(path="pay/**"), files=files)[1][0].message
    assert applied(entry(path="pay/**"), files=[*files, "web/more.py"])[1] == []
    assert applied(entry(path="pay/**"), files=files, whole=False)[1] == [], "of a part nobody knows what all is"
    assert applied(entry(path="pay/**"), files=files[:13])[1] == [], "of a few files half is nothing"


def test_who_wrote_it_is_unknown_where_git_cannot_tell() -> None:
    (waived,), (waiver,), hits = waivers.apply([finding()], *read(entry()), scope(authors=lambda: None))
    assert waived.waived == waiver._replace(findings=0) and waiver.authors is None and hits == []
    assert (waiver.findings, waiver.problem) == (1, "")
    some = {2: "Peter <peter@shop.example>"}
    _, (waiver,), (hit,) = waivers.apply([finding()], *read(entry()), scope(authors=lambda: some))
    assert waiver.authors is None and "its approver wrote it" in hit.message


def test_a_part_of_a_project_says_nothing_of_what_it_does_not_see() -> None:
    other = entry(id="W-2", path="web/log.py")
    assert applied(entry(), other, whole=False)[1] == []
    assert applied(entry(), other, asked={"weak_hash"})[1] == []
    wrong = entry(id="W-3", policy="no_policy", path="web/log.py"), entry(id="W-4", type="none")
    assert applied(entry(), *wrong, scanned=False)[1] == [], "nor of what is wrong in a file that it does not have"
    expired = entry(expires="2027-01-02")
    assert len(applied(expired, scanned=False)[1]) == 1, "but of why a finding of its own is not waived"


def test_paths_are_relative_to_the_folder_of_the_file() -> None:
    assert applied(entry(), found=finding("svc/pay/log.py"), removed="svc/")[0].waived
    assert not applied(entry(), found=finding("pay/log.py"), removed="svc/")[0].waived
    assert applied(entry(), found=finding("log.py"), added="pay/")[0].waived


@pytest.mark.parametrize(
    ("changed", "said", "line"),
    [
        ({"justification": "  "}, "justification: expected text", 6),
        ({"justification": "TODO ask Peter"}, "justification: expected text", 6),
        ({"ticket": None}, "ticket: expected text", 2),
        ({"ticket": 12}, "ticket: expected text", 10),
        ({"expires": "soon"}, "expires: expected a day", 4),
        ({"expires": "2027-02-30"}, "expires: expected a day", 4),
        ({"expires": "2026-12-31"}, "it expires before it was approved", 4),
        ({"approver": "peter"}, "approver: expected a person", 3),
        ({"type": "because"}, "type: expected one of", 11),
        ({"fingerprint": "abc"}, "either a path (a glob) or the fingerprint", 2),
        ({"path": None}, "either a path (a glob) or the fingerprint", 2),
        ({"wavier": "x"}, "unknown key 'wavier'", 12),
        ({"requirements": ["3.5.1"]}, "requirements: expected a list", 10),
        ({"worksheet": {"risk": "none"}}, "a risk_accepted has no field 'risk'", 13),
        ({"type": "compensating_control"}, "worksheet: constraints is missing", 2),
    ],
    ids=str,
)
def test_one_that_is_not_understood_says_where_and_why(changed: dict[str, Any], said: str, line: int) -> None:
    good, (bad,) = read(entry(**changed))
    assert good == () and said in bad.message and "waives nothing" in bad.message
    assert bad.place.span.line == line
    assert not VALIDATOR.is_valid({"waivers": [entry(**changed)]}) or changed.get("expires") == "2026-12-31"


def test_the_others_of_the_file_still_hold() -> None:
    good, bad = read(entry(), entry(id="W-2", type="x"), entry(id="W-1"), entry(id="W-3"))
    assert [waiver.id for waiver in good] == ["W-1", "W-3"]
    assert ["another waiver above" in one.message for one in bad] == [False, True]


@pytest.mark.parametrize("kind", list(WORKSHEETS), ids=str)
def test_each_worksheet_asks_for_all_of_its_fields(kind: Any) -> None:
    whole = {name: f"about {name}" for name in WORKSHEETS[kind]}
    made = entry(type=kind.value, worksheet=whole)
    (waiver,), bad = read(made)
    assert bad == () and waiver.worksheet == whole and VALIDATOR.is_valid({"waivers": [made]})
    for name in whole:
        less = entry(type=kind.value, worksheet={key: value for key, value in whole.items() if key != name})
        assert read(less)[0] == () and not VALIDATOR.is_valid({"waivers": [less]})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("waivers: [", "not valid YAML"),
        ("- id: W-1", "expected one key `waivers`"),
        ("waivers: {}", "expected one key `waivers`"),
        ("waivers: []\nwaiver: []", "expected one key `waivers`"),
        ("waivers: []\nwaivers: []", "paylint-waivers.yaml:2: a key is given twice"),
        ("waivers: []\n---\nwaivers: []", "one YAML document"),
        ("waivers: &a [" + "*a, " * 3 + "]", "not valid YAML"),
        ("a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" * 2, "paylint-waivers.yaml"),
        ("#" * (4 * 1024 * 1024 + 1), "larger than 4 MiB"),
    ],
    ids=range(9),
)
def test_a_file_that_is_no_list_of_waivers_stops_the_scan(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        waivers.read(Source("paylint-waivers.yaml", text.encode()))
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["", "# none\n", "waivers: []\n"])
def test_a_file_may_have_none(text: str) -> None:
    assert waivers.read(Source("paylint-waivers.yaml", text.encode())) == ((), ())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["2027-01-01", "a <a@b>"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*entry(), "worksheet", "requirements", "fingerprint", "x"]), VALUES))
def test_whatever_is_written_is_understood_or_reported(changed: dict[str, Any]) -> None:
    good, bad = read({**entry(), **changed})
    assert len(good) + len(bad) == 1
    if good:
        assert VALIDATOR.is_valid({"waivers": [{**entry(), **changed}]})


@given(st.text("ab/*?.", max_size=12), st.text("ab/.", max_size=12))
def test_a_glob_without_wildcards_is_a_path(glob: str, path: str) -> None:
    if not {"*", "?"} & set(glob):
        assert matcher(glob)(path) == (glob == path)
    assert matcher("**")(path) and matcher(path)(path)
    assert not ("/" in path and matcher("*")(path))
