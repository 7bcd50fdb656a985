from __future__ import annotations

import json
from dataclasses import replace

import pytest
from semgrep_samples import MD5, rule

from scanner.engines.semgrep import rules_for
from scanner.engines.semgrep.compile import RuleSet, mark
from scanner.errors import RuleError
from scanner.model import Json, Rule

PYTHON = rule("weak.python", "python", pattern=MD5)
BOTH = rule("weak.javascript", "js", "ts", pattern="md5($X)")
TEXT = rule("weak.text", "regex", pattern_regex="md5")


def sent(rules: list[Rule], *languages: str) -> list[Json]:
    bodies: list[Json] = json.loads(RuleSet(rules).text(languages, marked=False))["rules"]
    return bodies


def test_only_rules_for_the_languages_at_hand_are_sent() -> None:
    assert [body["id"] for body in sent([PYTHON, BOTH, TEXT], "python", "regex")] == ["weak.python", "weak.text"]
    assert [body["id"] for body in sent([PYTHON, BOTH, TEXT], "typescript")] == ["weak.javascript"]


def test_what_costs_time_and_means_nothing_to_the_core_is_not_sent() -> None:
    noisy = rule("weak.python", "py", pattern=MD5, metadata={"cwe": ["CWE-327"]}, fix="x")
    assert sent([noisy], "python") == [
        {"id": "weak.python", "languages": ["python"], "message": "found $X", "severity": "ERROR", "pattern": MD5}
    ]


def test_the_id_sent_is_the_catalogues() -> None:
    assert sent([replace(PYTHON, id="weak.python.renamed")], "python")[0]["id"] == "weak.python.renamed"


def test_rules_for_a_file() -> None:
    rules = [PYTHON, BOTH, TEXT]
    assert rules_for(rules, "python") == [PYTHON, TEXT]
    assert rules_for(rules, "typescript") == [BOTH, TEXT]
    assert rules_for(rules, "vue") == [BOTH, TEXT]
    assert rules_for(rules, None) == [TEXT]
    assert rules_for([PYTHON], "java") == []


def test_a_reported_id_is_known_by_its_longest_suffix() -> None:
    rules = RuleSet([PYTHON, replace(PYTHON, id="python"), replace(PYTHON, id="weak.python.urllib")])
    assert rules.known("tmp.work.weak.python") == "weak.python"
    assert rules.known("weak.python.urllib") == "weak.python.urllib"
    assert rules.known("other.python") == "python"
    assert rules.known("weak.python.other") is None
    assert rules.known("") is None


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (replace(PYTHON, body="{"), "no JSON"),
        (replace(PYTHON, body="[1]"), "no JSON object"),
        (replace(PYTHON, body="[" * 100_000), "no JSON"),
        (replace(PYTHON, languages=()), "no language"),
        (replace(PYTHON, languages=("klingon",)), "klingon"),
        (replace(PYTHON, languages=("python", "regex")), "no other language"),
        (rule("weak.python", "python", pattern=MD5, pattern_sanitisers=[]), "pattern-sanitisers"),
    ],
)
def test_a_rule_that_is_none_is_refused_by_name(broken: Rule, why: str) -> None:
    with pytest.raises(RuleError, match=why) as caught:
        RuleSet([broken])
    assert "weak.python" in str(caught.value)


def test_a_rule_that_needs_a_mention_is_kept_to_paths_with_its_mark() -> None:
    rule_set = RuleSet([replace(PYTHON, mentions="card"), rule("plain.python", "python", pattern=MD5)])
    needs, plain = json.loads(rule_set.text(["python"], marked=True))["rules"]
    assert needs["paths"]["include"] == [f"**/{mark('card')}/**"]
    assert "paths" not in plain
    assert "paths" not in json.loads(rule_set.text(["python"], marked=False))["rules"][0]
    assert rule_set.marked_path("a/b.py", ("card",)) == f"/{mark('card')}/a/b.py"
    assert rule_set.marked_path("a/b.py", ()) == "/a/b.py"


def test_rules_with_paths_of_their_own_see_the_true_path() -> None:
    own = rule("own.python", "python", pattern=MD5, paths={"include": ["/src/**"]})
    rule_set = RuleSet([replace(PYTHON, mentions="card"), own])
    assert rule_set.marked_path("src/b.py", ("card",)) == "/src/b.py"
    first, second = json.loads(rule_set.text(["python"], marked=True))["rules"]
    assert "paths" not in first
    assert second["paths"] == {"include": ["/src/**"]}
