"""What a validation showed is told to people and machines, kept, compared, and decides SARIF's precision."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scanner import proof
from scanner.catalog import load
from scanner.errors import RuleError, UsageError
from scanner.model import Confidence
from scanner.proof import precision
from scanner.validation import kept
from scanner.validation.result import Defect, Equivalence, PolicyResult, RuleResult, Survivor, Validation
from scanner.validation.summary import with_equivalence
from scanner.validation.table import markdown, text, to_json
from tests.command import scan

RULE = RuleResult("pan_logged.python.logger", 12, 6, 6, 0, True)
LEFT = Survivor("drop_mask:pay.py:3", "pay.py:3", "nothing reports it", "It is masked | once more below.")
OPEN = Survivor("pan_logged.by_hand", "pay.py:9", "nothing reports 4111111111111111")
RESULT = Validation(
    policies=(
        PolicyResult("pan_logged", 8, 6, 4, 3, (LEFT, OPEN), True, (RULE,)),
        PolicyResult("weak_hash", 0, 0, 0, 0, (), False, (RuleResult("weak_hash.go", 0, 0, 0, 2, False),)),
    ),
    defects=(Defect("D07", "the card in the log", ("pan_logged.by_hand",)),),
    failures=("pay.py:9: pan_logged.by_hand survives: nothing reports it",),
    fixtures=30,
)
SAME = Equivalence({"pan_logged.python.logger": (10, 9)}, 50, 49, ("renaming x in pay.py: a finding went",))
WHOLE = with_equivalence(RESULT, SAME)


def test_json_has_what_evidence_needs() -> None:
    tree = to_json(RESULT)
    assert tree["mutants"] == {"total": 8, "killed": 6}
    logged, hashed = tree["policies"]
    assert logged["mutants"]["generated_killed"] == 3
    assert logged["mutants"]["survivors"][0] == {
        "name": "drop_mask:pay.py:3",
        "place": "pay.py:3",
        "why": "nothing reports it",
        "reviewed": "It is masked | once more below.",
    }
    assert logged["rules"][0]["mutants"] == {"total": 6, "killed": 6}
    assert "equivalence" not in logged["rules"][0] and "equivalence" not in tree
    assert hashed["silent_on_reference"] is False
    assert tree["defects"][0]["by"] == ["pan_logged.by_hand"]


def test_equivalence_is_told_where_there_is_some() -> None:
    both = with_equivalence(RESULT, SAME)
    assert both.failures == RESULT.failures
    assert to_json(both)["policies"][0]["rules"][0]["equivalence"] == {"edits": 10, "held": 9}
    assert to_json(both)["policies"][0]["equivalence"] == {"edits": 10, "held": 9}
    assert "equivalence" not in to_json(both)["policies"][1]["rules"][0]
    assert "| pan_logged | 1 | 12 | 6/8 | 3/4 | yes | 9/10 |" in markdown(both)
    assert "49 of 50 edits" in text(both)
    few = with_equivalence(RESULT, replace(SAME, held=48))
    assert few.failures[-2:] == (
        "48 of 50 edits that mean nothing left findings as they were, less than 98%",
        "renaming x in pay.py: a finding went",
    )


def test_markdown_is_a_table_of_policies_and_rules() -> None:
    page = markdown(RESULT)
    assert "| pan_logged | 1 | 12 | 6/8 | 3/4 | yes |\n| weak_hash | 1 | 0 | - | - | **no** |" in page
    assert "| pan_logged.python.logger | 12 | 6/6 | - | yes |" in page
    assert "| drop_mask:pay.py:3 | nothing reports it | It is masked \\| once more below. |" in page
    assert "| D07 | the card in the log | pan_logged.by_hand |" in page
    assert "4111111111111111" not in page + text(RESULT) + json.dumps(to_json(RESULT))


def test_text_spells_out_what_failed() -> None:
    shown = text(RESULT)
    assert "failed:\n  pay.py:9: pan_logged.by_hand survives: nothing reports it\n" in shown
    assert shown.endswith("2 rules, 30 fixtures, 6 of 8 mutants killed, 1 failed\n")
    incomplete = replace(RESULT, errors=("pay.tf: rego: timeout",))
    assert "INCOMPLETE:\n  pay.tf: rego: timeout" in text(incomplete)
    many = text(replace(RESULT, errors=tuple(f"pay{number}.tf: timeout" for number in range(50))))
    assert "  pay19.tf: timeout\n  and 30 more\n" in many
    assert [item.exit_code for item in (RESULT, incomplete, replace(RESULT, failures=()))] == [1, 3, 0]


def test_a_rule_that_loses_ground_fails(tmp_path: Path) -> None:
    kept.write(tmp_path, WHOLE)
    assert kept.compared(tmp_path, WHOLE) == WHOLE
    assert kept.compared(tmp_path, RESULT) == RESULT
    for change, said in (
        ({"killed": 5}, "it killed 6 mutants, now 5"),
        ({"fixtures": 11}, "its fixtures had 12 lines to report, now 11"),
        ({"silent": False}, "it was silent"),
        ({"astray": 1}, "in 0 mutants of other policies, now in 1"),
    ):
        policy = replace(RESULT.policies[0], rules=(replace(RULE, **change),))  # type: ignore[arg-type]
        (told,) = kept.compared(tmp_path, replace(RESULT, policies=(policy,), failures=())).failures
        assert told.startswith("pan_logged.python.logger lost ground: ") and said in told
    more = replace(RESULT, policies=(replace(RESULT.policies[0], rules=(replace(RULE, killed=9, total=9),)),))
    assert kept.compared(tmp_path, more) == more


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ((10, 8), "1 edits that mean nothing changed its findings, now 2"),
        ((9, 8), "9 edits that mean nothing left its findings as they were, now 8"),
    ],
)
def test_equivalence_that_is_lost_fails_by_rule_and_by_policy(tmp_path: Path, now: tuple[int, int], said: str) -> None:
    kept.write(tmp_path, WHOLE)
    worse = kept.compared(tmp_path, with_equivalence(RESULT, replace(SAME, rules={RULE.rule: now})))
    lost = [each for each in worse.failures if "lost ground" in each]
    assert [each.split()[0] for each in lost] == ["pan_logged", "pan_logged.python.logger"]
    assert all(said in each for each in lost)


def test_a_rule_that_is_gone_is_missed_by_its_policy(tmp_path: Path) -> None:
    kept.write(tmp_path, WHOLE)
    logged, hashed = RESULT.policies
    gone = with_equivalence(replace(RESULT, policies=(replace(logged, rules=()), hashed)), replace(SAME, rules={}))
    (told,) = [each for each in kept.compared(tmp_path, gone).failures if "lost ground" in each]
    assert told.startswith("pan_logged lost ground: 9 edits that mean nothing left its findings as they were, now 0")


def test_of_some_policies_alone_fewer_edits_are_no_loss(tmp_path: Path) -> None:
    kept.write(tmp_path, WHOLE)
    alone = replace(RESULT, policies=RESULT.policies[:1], failures=())
    fewer = with_equivalence(alone, replace(SAME, rules={RULE.rule: (5, 4)}))
    assert kept.compared(tmp_path, fewer).failures == ()


def test_nothing_incomplete_is_kept(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"not kept: pay.tf"):
        kept.write(tmp_path, replace(WHOLE, errors=("pay.tf: timeout",)))
    with pytest.raises(UsageError, match=r"is kept whole: .*--equivalence"):
        kept.write(tmp_path, RESULT)
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_the_same_for_the_same_result(tmp_path: Path) -> None:
    kept.write(tmp_path, WHOLE)
    lines = (tmp_path / "validation.json").read_text().splitlines()
    assert lines[1:6] == [
        '"pan_logged": {"mutants": [6, 8], "generated": [3, 4], "silent": true, "equivalence": [9, 10]},',
        '"weak_hash": {"mutants": [0, 0], "generated": [0, 0], "silent": false}',
        "},",
        '"rules": {',
        '"pan_logged.python.logger": {"fixtures": 12, "mutants": [6, 6], "astray": 0, "silent": true, '
        '"equivalence": [9, 10]},',
    ]
    other = replace(WHOLE, policies=tuple(reversed(RESULT.policies)))
    assert kept.to_text(other) == "\n".join([*lines, ""])


def test_what_was_kept_and_damaged_is_said_to_be(tmp_path: Path) -> None:
    for damage in ("{", "[]", '{"rules": []}', '{"rules": {"a.b": {}}}', '{"rules": {"a.b": {"mutants": 1}}}'):
        (tmp_path / "validation.json").write_text(damage)
        with pytest.raises(RuleError, match=r"validation.json: cannot be read; .* --update"):
            proof.records(tmp_path)


@pytest.mark.parametrize(
    ("declared", "killed", "total", "astray", "silent", "shown"),
    [
        ("high", 5, 5, 0, True, "very-high"),
        ("high", 4, 4, 0, True, "high"),
        ("high", 6, 7, 0, True, "high"),
        ("high", 5, 7, 0, True, "medium"),
        ("high", 3, 7, 0, True, "low"),
        ("high", 9, 9, 1, True, "medium"),
        ("high", 9, 9, 0, False, "low"),
        ("high", 0, 0, 0, True, "medium"),
        ("medium", 9, 9, 0, True, "medium"),
        ("low", 9, 9, 0, True, "low"),
        ("low", 0, 0, 0, True, "low"),
    ],
)
def test_precision_is_what_was_shown_and_no_more_than_its_author_is_sure_of(
    declared: str, killed: int, total: int, *, astray: int, silent: bool, shown: str
) -> None:
    record = {"fixtures": 1, "mutants": (killed, total), "astray": astray, "silent": silent}
    assert precision(Confidence(declared), record) == shown


def test_without_proof_no_rule_is_more_than_medium() -> None:
    assert [precision(own, None) for own in Confidence] == ["medium", "medium", "low"]


@pytest.mark.parametrize(
    ("record", "shown", "confidence"),
    [
        ({"fixtures": 1, "mutants": [7, 7], "astray": 0, "silent": True}, "very-high", "high"),
        ({"fixtures": 1, "mutants": [7, 7], "astray": 3, "silent": True}, "medium", "medium"),
        ({"fixtures": 1, "mutants": [1, 7], "astray": 0, "silent": True}, "low", "low"),
        (None, "medium", "medium"),
    ],
)
def test_sarif_says_what_was_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: object, shown: str, confidence: str
) -> None:
    """Other data, another precision of the rule and confidence of its finding; which rule it is, is the catalogue's."""
    from scanner.config import Config
    from scanner.render import render
    from scanner.run import run

    (tmp_path / "app.py").write_text("import hashlib\nfingerprint = hashlib.md5(card_number)\n")
    config = Config(root=tmp_path, paths=(tmp_path,), cache=False)
    rule = next(found.rule for found in run(config).findings if found.confidence is Confidence.HIGH)
    monkeypatch.setattr(proof, "records", lambda folder: {rule: record} if record else {})
    (report,) = json.loads(render(run(config), "sarif"))["runs"]
    (described,) = [item for item in report["tool"]["driver"]["rules"] if item["id"] == rule]
    assert described["properties"]["precision"] == shown
    assert {item["properties"]["confidence"] for item in report["results"] if item["ruleId"] == rule} == {confidence}


def test_the_json_report_says_what_the_rule_says(tmp_path: Path) -> None:
    """Gating goes by what the rule's author is sure of, whatever was kept."""
    (tmp_path / "app.py").write_text("import hashlib\nfingerprint = hashlib.md5(card_number)\n")
    rules = load().rules
    found = scan(tmp_path).json["findings"]
    assert found
    assert [item["confidence"] for item in found] == [rules[item["rule"]].confidence.value for item in found]
