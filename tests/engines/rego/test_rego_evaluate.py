"""What becomes of a rule's answer, with either backend behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from rego_samples import place, rule, subject, unit

from scanner.engines.rego import RegoEngine
from scanner.model import Check, Confidence, Hit, Json, Report, Rule, Severity, Status, Step, Unit, unknown

Run = Callable[..., Report]

APPLIES = "applies contains t.id if some t in input.terraform.thing\n"
OPEN = """
deny contains {"subject": t.id, "path": ["acl"], "msg": "is open"} if {
    some t in input.terraform.thing
    t.config.acl == "open"
}
"""


@pytest.fixture
def check(start: Callable[..., RegoEngine], library: dict[str, str], backend_name: str) -> Run:
    """Loads the rules and checks the unit."""

    def run(scanned: Unit, *rules: Rule) -> Report:
        modules = {**library, **{item.source: item.body for item in rules}}
        return start(backend_name, modules, {"settings": {"limit": 5}}).check(scanned, rules)

    return run


def statuses(report: Report) -> dict[str, str]:
    return {item.subject.split(" ")[-1]: item.status.value for item in report.checks}


def reasons(report: Report) -> dict[str, str]:
    return {item.subject.split(" ")[-1]: item.reason for item in report.checks if item.reason}


def test_pass_fail_and_not_applicable(check: Run) -> None:
    scanned = unit(
        subject("thing.a", {"acl": "open"}, {("acl",): 4}),
        subject("thing.b", {"acl": "private"}),
        subject("other.c", {"acl": "open"}),
    )
    report = check(scanned, rule("r", APPLIES + OPEN))
    assert statuses(report) == {"thing.a": "fail", "thing.b": "pass"}
    assert report.hits == (Hit("r.terraform", place(4), "is open"),)
    assert report.problems == ()


def test_rules_for_other_types_are_not_asked(check: Run) -> None:
    scanned = unit(subject("thing.a", {}))
    raising = 'applies contains x if x := to_number("x")\ndeny contains 1 if false'
    for applies_to in ({"terraform": ("other",)}, {"kubernetes": ("thing",)}, {"kubernetes": ("*",)}):
        assert check(scanned, rule("r", raising, applies_to)) == Report()
    assert check(unit(), rule("r", raising, {"terraform": ("*",)})) == Report()
    report = check(scanned, rule("r", APPLIES + "deny contains 1 if false", {"terraform": ("*",)}))
    assert statuses(report) == {"thing.a": "pass"}


def denied_at(path: str, extra: str = "") -> str:
    item = f'{{"subject": t.id, "path": {path}, "msg": "m"{extra}}}'
    return f"{APPLIES}deny contains {item} if some t in input.terraform.thing\n"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ('["rule", 0, "encryption", 0, "algorithm"]', 12),
        ('["rule", "encryption", "algorithm"]', 12),
        ('["rule", 0, "encryption", 0, "key"]', 11),
        ('["rule", 0, "encryption"]', 11),
        ('["rule", 0, "encryption", 0, "computed"]', 11),
        ('["rule", 0, "nope", "deeper"]', 10),
        ('["rule"]', 10),
        ('["rule", 7]', 10),
        ('["logging", 1, "target"]', 21),
        ('["logging", "target"]', 20),
        ('["nope"]', 1),
        ("[]", 1),
        ('["tags", "team"]', 31),
        ('["tags", "nope"]', 30),
        ('["tags", 0]', 30),
        ('["acl", "deeper"]', 4),
    ],
)
def test_places(check: Run, path: str, line: int) -> None:
    config = {
        "acl": "open",
        "rule": [{"encryption": [{"algorithm": "none", "computed": 1}]}],
        "logging": [{}, {"target": "x"}],
        "tags": {"team": "pay"},
    }
    places = {
        ("acl",): 4,
        ("rule", 0): 10,
        ("rule", 0, "encryption", 0): 11,
        ("rule", 0, "encryption", 0, "algorithm"): 12,
        ("logging", 0): 20,
        ("logging", 1): 21,
        ("tags",): 30,
        ("tags", "team"): 31,
    }
    report = check(unit(subject("thing.a", config, places)), rule("r", denied_at(path)))
    assert [hit.place for hit in report.hits] == [place(line)]


@pytest.mark.parametrize("path", ['["rule", 0, "status"]', '["rule", "status"]', '["tags", "team"]', '["tags"]'])
def test_unknown_at_the_path_or_above(check: Run, path: str) -> None:
    config = {"rule": [{"status": unknown("var.status has no default")}], "tags": unknown("a data source")}
    report = check(unit(subject("thing.a", config)), rule("r", denied_at(path)))
    assert statuses(report) == {"thing.a": "unknown"}
    assert set(reasons(report).values()) <= {"var.status has no default", "a data source"}
    assert report.hits == ()


def test_a_known_violation_outweighs_an_unknown_one(check: Run) -> None:
    body = (
        denied_at('["a"]')
        + denied_at('["b"]').replace(APPLIES, "")
        + "unknown contains t.id if some t in input.terraform.thing"
    )
    report = check(unit(subject("thing.a", {"a": unknown("x"), "b": 1})), rule("r", body))
    assert statuses(report) == {"thing.a": "fail"}
    assert len(report.hits) == 1


@pytest.mark.parametrize(
    ("reads", "config", "status"),
    [
        (("acl",), {"acl": unknown("v")}, "unknown"),
        (("acl",), {"acl": "x", "other": unknown("v")}, "pass"),
        (("rule", "*", "status"), {"rule": [{"status": 1}, {"status": unknown("v")}]}, "unknown"),
        (("rule", "*", "status"), {"rule": [{"status": 1}, {"name": unknown("v")}]}, "pass"),
        (("rule", "status"), {"rule": [{"status": 1}, {"status": unknown("v")}]}, "unknown"),
        (("rule", "*", "status"), {"rule": unknown("v")}, "unknown"),
        (("rule", "*", "status"), {"rule": [unknown("v")]}, "unknown"),
        (("tags", "*"), {"tags": {"a": 1, "b": unknown("v")}}, "unknown"),
        (("tags", "*", "x"), {"tags": {"a": 1, "b": "c"}}, "pass"),
        (("tags",), {"tags": {"b": unknown("v")}}, "pass"),
        (("a", "b"), unknown("v"), "unknown"),
        (("a", "b"), {}, "pass"),
        (("a", "b"), {"a": None}, "pass"),
    ],
)
def test_unknown_by_what_is_read(check: Run, reads: tuple[str, ...], config: Json, status: str) -> None:
    reading = rule("r", APPLIES + "deny contains 1 if false", reads=(("first",), reads))
    report = check(unit(subject("thing.a", config)), reading)
    assert statuses(report) == {"thing.a": status}
    assert reasons(report) == ({"thing.a": "v"} if status == "unknown" else {})


def test_what_a_rule_calls_unknown(check: Run) -> None:
    body = """
applies contains t.id if { some t in input.terraform.thing; t.name in {"a", "b"} }
deny contains 1 if false
unknown contains {"subject": t.id, "reason": "set elsewhere"} if { some t in input.terraform.thing; t.name == "a" }
unknown contains t.id if { some t in input.terraform.thing; t.name == "c" }
"""
    scanned = unit(*(subject(f"thing.{name}", {}) for name in "abcd"))
    report = check(scanned, rule("r", body))
    assert statuses(report) == {"thing.a": "unknown", "thing.b": "pass", "thing.c": "unknown"}
    assert reasons(report) == {"thing.a": "set elsewhere", "thing.c": "depends on a value that is not known"}


def test_trace_confidence_and_severity(check: Run) -> None:
    comes_from = Step(place(2, "vars.tf"), "var.acl is set here", "open")
    body = (
        APPLIES
        + """
deny contains {"subject": t.id, "path": ["acl", "x", "y"], "msg": "m", "confidence": "low", "severity": "info",
  "related": [
    {"subject": o.id, "path": ["target"], "msg": "the counterpart"},
]} if { some t in input.terraform.thing; some o in input.terraform.other }
"""
    )
    scanned = unit(
        subject(
            "thing.a",
            {"acl": {"x": {"y": 1}}},
            {("acl",): 4},
            {("acl",): (), ("acl", "x"): (comes_from,)},
        ),
        subject("other.o", {"target": 1}, {("target",): 8}, line=7),
    )
    report = check(scanned, rule("r", body))
    trace = (comes_from, Step(place(8), "the counterpart"))
    assert report.hits == (Hit("r.terraform", place(4), "m", trace, Severity.INFO, Confidence.LOW),)


def test_several_violations_of_one_subject(check: Run) -> None:
    body = denied_at('["b"]') + denied_at('["a"]').replace(APPLIES, "")
    scanned = unit(subject("thing.a", {"a": 1, "b": 2}, {("a",): 9, ("b",): 3}))
    report = check(scanned, rule("r", body))
    assert [hit.place.span.line for hit in report.hits] == [3, 9]
    assert statuses(report) == {"thing.a": "fail"}


def test_two_violations_at_one_place_are_one(check: Run) -> None:
    body = denied_at('["x"]') + denied_at('["y"]').replace(APPLIES, "")
    report = check(unit(subject("thing.a", {})), rule("r", body))
    assert len(report.hits) == 1


RAISING = {
    "division": "x := 1 / (count(t.config.list) - 1)",
    "number": "x := to_number(t.config.text)",
    "type": 'x := startswith(t.config.list, "a")',
    "object": 'x := object.get(t.config.text, "a", 1)',
    "conflict": "x := twice(t.config.text)",
}


@pytest.mark.parametrize("statement", RAISING.values(), ids=RAISING)
def test_a_rule_that_raises_is_an_error_of_its_own(check: Run, statement: str) -> None:
    secret = "hunter2 hunter2"
    body = f"""{APPLIES}
deny contains {{"subject": t.id, "path": [], "msg": "m"}} if {{
    some t in input.terraform.thing
    {statement}
    x != 7
}}
twice(v) := 1 if v != ""
twice(v) := 2 if v != "z"
"""
    scanned = unit(subject("thing.a", {"list": [secret], "text": secret, "acl": "open"}))
    report = check(scanned, rule("bad", body), rule("good", APPLIES + OPEN))
    assert statuses(report) == {"terraform:.": "error", "thing.a": "fail"}
    (error,) = [item for item in report.checks if item.status is Status.ERROR]
    assert error.rule == "bad.terraform"
    assert "rego/bad/terraform.rego:" in error.reason
    (problem,) = report.problems
    assert problem.fatal
    assert problem.path == "main.tf"
    assert problem.message == f"rule bad.terraform failed: {error.reason}"
    assert "hunter2" not in error.reason
    assert "backtrace" not in error.reason.lower()


def test_raising_where_nothing_is_denied(check: Run) -> None:
    for document in ("applies", "unknown"):
        lines = {"applies": APPLIES, "deny": "deny contains 1 if false\n", "unknown": ""}
        lines[document] = f"{document} contains t.id if {{ some t in input.terraform.thing; 1 / t.config.zero > 0 }}\n"
        report = check(unit(subject("thing.a", {"zero": 0})), rule("r", "".join(lines.values())))
        assert statuses(report) == {"terraform:.": "error"}


GOOD = '"subject": t.id, "path": ["a"], "msg": "m"'
MALFORMED = {
    "text": '"open"',
    "no path": '{"subject": t.id, "msg": "m"}',
    "path is no list": '{"subject": t.id, "path": "a", "msg": "m"}',
    "path holds a boolean": '{"subject": t.id, "path": [true], "msg": "m"}',
    "path holds a negative index": '{"subject": t.id, "path": [-1], "msg": "m"}',
    "empty message": '{"subject": t.id, "path": [], "msg": ""}',
    "message is no text": '{"subject": t.id, "path": [], "msg": [1]}',
    "subject is no id": '{"subject": t, "path": [], "msg": "m"}',
    "subject of another unit": '{"subject": "nope", "path": [], "msg": "m"}',
    "extra key": f'{{{GOOD}, "weight": 3}}',
    "confidence": f'{{{GOOD}, "confidence": "certain"}}',
    "severity": f'{{{GOOD}, "severity": "deadly"}}',
    "confidence is a list": f'{{{GOOD}, "confidence": ["low"]}}',
    "related is no list": f'{{{GOOD}, "related": {{"a": 1}}}}',
    "related is text": f'{{{GOOD}, "related": ["x"]}}',
    "related lacks a message": f'{{{GOOD}, "related": [{{"subject": t.id, "path": []}}]}}',
}


@pytest.mark.parametrize("item", MALFORMED.values(), ids=MALFORMED)
def test_malformed_answers_are_errors(check: Run, item: str) -> None:
    body = f"{APPLIES}deny contains {item} if some t in input.terraform.thing"
    report = check(unit(subject("thing.a", {})), rule("r", body))
    assert statuses(report) == {"terraform:.": "error"}
    assert report.hits == ()
    assert len(report.problems) == 1


@pytest.mark.parametrize(
    "body",
    [
        "deny contains 1 if false",
        APPLIES,
        'applies := "x"\ndeny contains 1 if false',
        "applies contains t if some t in input.terraform.thing\ndeny contains 1 if false",
        'applies contains "nope" if some t in input.terraform.thing\ndeny contains 1 if false',
        APPLIES + "deny := {1: 2}",
        APPLIES + "deny contains 1 if false\nunknown contains 7 if true",
        APPLIES + 'deny contains 1 if false\nunknown contains {"subject": "nope", "reason": "r"} if true',
        APPLIES + 'deny contains 1 if false\nunknown contains {"subject": t.id} if some t in input.terraform.thing',
        APPLIES + 'deny contains 1 if false\nunknown contains {"subject": t, "reason": ""} if some t in applies',
    ],
)
def test_packages_that_cannot_be_used_are_errors(check: Run, body: str) -> None:
    report = check(unit(subject("thing.a", {})), rule("r", body))
    assert statuses(report) == {"terraform:.": "error"}


def test_denying_what_does_not_apply_is_an_error(check: Run) -> None:
    body = 'applies contains t.id if { some t in input.terraform.thing; t.name == "b" }\n' + OPEN
    scanned = unit(subject("thing.a", {"acl": "open"}), subject("thing.b", {}))
    report = check(scanned, rule("r", body))
    assert [(item.status, item.reason) for item in report.checks] == [
        (Status.ERROR, "deny names a subject that is not in applies")
    ]


def test_negation_over_what_is_undefined(check: Run) -> None:
    body = f"""{APPLIES}
deny contains {{"subject": t.id, "path": ["encrypted"], "msg": "m"}} if {{
    some t in input.terraform.thing
    not lib.truthy(t.config.encrypted)
}}
deny contains {{"subject": t.id, "path": ["mode"], "msg": "n"}} if {{
    some t in input.terraform.thing
    not t.config.mode in {{"strict", "on"}}
    not count(t.config.list) >
        1
}}
"""
    scanned = unit(
        subject("thing.absent", {}),
        subject("thing.off", {"encrypted": False, "mode": "off", "list": [1]}),
        subject("thing.on", {"encrypted": True, "mode": "on"}),
    )
    report = check(scanned, rule("r", body))
    assert statuses(report) == {"thing.absent": "fail", "thing.off": "fail", "thing.on": "pass"}


def test_settings_and_unit_are_there(check: Run) -> None:
    body = f"""{APPLIES}
deny contains {{"subject": t.id, "path": [], "msg": msg}} if {{
    some t in input.terraform.thing
    msg := sprintf("%v %v %v %v %v %v", [data.settings.limit, input.unit, t.name, t.address, t.type, t.path])
}}
"""
    report = check(unit(subject("thing.a", {})), rule("r", body))
    about = '{"alone": true, "id": "terraform:.", "kind": "terraform"}'
    assert [hit.message for hit in report.hits] == [f"5 {about} a thing.a thing main.tf"]


def _normalised(report: Report) -> tuple[Sequence[Hit], Sequence[Check], Sequence[tuple[str, str, bool]]]:
    """Without the words of an error, which are the engine's own: that it is one, of which rule and where, is not."""
    checks = [
        item._replace(reason=_where(item.reason)) if item.status is Status.ERROR else item for item in report.checks
    ]
    return report.hits, checks, [(item.path, _where(item.message), item.fatal) for item in report.problems]


def _where(text: str) -> str:
    return re.sub(r"(\.rego:\d+):.*", r"\1", text)


def test_both_backends_say_the_same(
    start: Callable[..., RegoEngine],
    library: dict[str, str],
) -> None:
    rules = [
        rule("open", APPLIES + OPEN, reads=(("acl",),)),
        rule("wild", APPLIES + "deny contains 1 if false", reads=(("rule", "*", "status"),)),
        rule("path", denied_at('["rule", 0, "status"]')),
        rule("related", denied_at('["acl"]', ', "related": [{"subject": t.id, "path": ["rule"], "msg": "here"}]')),
        rule("silent", APPLIES + "deny contains 1 if false\nunknown contains t.id if some t in input.terraform.thing"),
        *(
            rule(
                f"raise_{name}",
                f"{APPLIES}deny contains x if {{ some t in input.terraform.thing; {text} }}\ntwice(1) := 1 if true",
            )
            for name, text in RAISING.items()
            if name != "conflict"
        ),
        *(
            rule(f"bad_{at}", f"{APPLIES}deny contains {item} if some t in input.terraform.thing")
            for at, item in enumerate(MALFORMED.values())
        ),
    ]
    scanned = unit(
        subject("thing.b", {"acl": unknown("v"), "list": ["x"], "text": "z", "rule": [{"status": 1}]}),
        subject("thing.a", {"acl": "open", "list": ["x"], "text": "z", "rule": [{"status": unknown("w")}]}),
    )
    modules = {**library, **{item.source: item.body for item in rules}}
    reports = [start(name, modules).check(scanned, rules) for name in ("embedded", "guarded", "server")]
    assert _normalised(reports[0]) == _normalised(reports[1]) == _normalised(reports[2])
    assert reports[0] == reports[1]
    assert {item.status for item in reports[0].checks} == set(Status)
    assert list(reports[0].checks) == sorted(reports[0].checks, key=lambda item: (item.rule, item.subject))
