from __future__ import annotations

import json

import pytest
from semgrep_samples import MD5, rule, written

from scanner.engines.semgrep import rules_for
from scanner.engines.semgrep.body import ready
from scanner.engines.semgrep.compile import Condition, RuleSet
from scanner.errors import RuleError
from scanner.model import Json, Rule

PYTHON = rule("weak.python", "python", pattern=MD5)
BOTH = rule("weak.javascript", "js", "ts", pattern="md5($X)")
TEXT = rule("weak.text", "regex", pattern_regex="md5")


def sent(rules: list[Rule], *languages: str) -> list[Json]:
    bodies: list[Json] = json.loads(RuleSet(rules).text(languages))["rules"]
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
    renamed = ready(written("weak.python", "python", pattern=MD5)._replace(id="weak.python.renamed"))
    assert sent([renamed], "python")[0]["id"] == "weak.python.renamed"


def test_rules_for_a_file() -> None:
    rules = [PYTHON, BOTH, TEXT]
    assert rules_for(rules, "python") == [PYTHON, TEXT]
    assert rules_for(rules, "typescript") == [BOTH, TEXT]
    assert rules_for(rules, "vue") == [BOTH, TEXT]
    assert rules_for(rules, None) == [TEXT]
    assert rules_for([PYTHON], "java") == []


def test_a_reported_id_is_known_by_its_longest_suffix() -> None:
    rules = RuleSet([PYTHON, PYTHON._replace(id="python"), PYTHON._replace(id="weak.python.urllib")])
    assert rules.known("tmp.work.weak.python") == "weak.python"
    assert rules.known("weak.python.urllib") == "weak.python.urllib"
    assert rules.known("other.python") == "python"
    assert rules.known("weak.python.other") is None
    assert rules.known("") is None


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (PYTHON._replace(body="{"), "no JSON"),
        (PYTHON._replace(body="[1]"), "no JSON object"),
        (PYTHON._replace(body="[" * 100_000), "no JSON"),
        (PYTHON._replace(languages=()), "no language"),
        (PYTHON._replace(languages=("klingon",)), "klingon"),
        (PYTHON._replace(languages=("python", "regex")), "no other language"),
        (written("weak.python", "python", pattern=MD5, pattern_sanitisers=[]), "pattern-sanitisers"),
    ],
)
def test_a_rule_that_is_none_is_refused_by_name(broken: Rule, why: str) -> None:
    with pytest.raises(RuleError, match=why) as caught:
        ready(broken)
    assert "weak.python" in str(caught.value)


class All:
    """As if every file met everything."""

    def __init__(self, rules: RuleSet) -> None:
        self.met = set(rules.conditions("python"))

    def literal(self, written: str) -> str:
        return f"<{written}>"

    def pruned(self, rule: Json, _condition: Condition) -> Json:
        return rule


def conditions(rules: RuleSet) -> dict[str, str]:
    """mentions -> mark"""
    return {condition.mentions: condition.mark for condition in rules.conditions("python")}


def test_a_rule_that_needs_something_is_kept_to_paths_with_its_mark() -> None:
    rules = RuleSet([PYTHON._replace(mentions="card"), rule("plain.python", "python", pattern="$F($X)")])
    marks = conditions(rules)
    assert marks[""] == ""
    needs, plain = json.loads(rules.text(["python"], trial=All(rules)))["rules"]
    assert needs["paths"]["include"] == [f"**/{marks['card']}/**"]
    assert "paths" not in plain
    assert "paths" not in json.loads(rules.text(["python"]))["rules"][0]


def test_paths_a_rule_leaves_out_stay_left_out() -> None:
    rules = RuleSet([PYTHON._replace(body=PYTHON.body[:-1] + ', "paths": {"exclude": ["tests", "*_test.py"]}}')])
    (sent_paths,) = [body["paths"] for body in json.loads(rules.text(["python"], trial=All(rules)))["rules"]]
    (mark,) = conditions(rules).values()
    assert sent_paths == {"exclude": ["tests", "*_test.py"], "include": [f"**/{mark}/**"]}


@pytest.mark.parametrize("paths", [{"include": ["/src/**"]}, {"exclude": ["src/gen"]}])
def test_rules_whose_paths_count_from_the_top_see_the_true_path(paths: Json) -> None:
    own = rule("own.python", "python", pattern=MD5, paths=paths)
    rules = RuleSet([PYTHON._replace(mentions="card"), own])
    assert set(conditions(rules).values()) == {""}
    first, second = json.loads(rules.text(["python"], trial=All(rules)))["rules"]
    assert "paths" not in first
    assert second["paths"] == paths


def test_costly_expressions_are_put_as_text_and_hinted_at() -> None:
    costly = rule(
        "costly.python",
        "python",
        patterns=[
            {"pattern-regex": "{{source:pan}}"},
            {"pattern-regex": "cheap"},
            {"metavariable-pattern": {"metavariable": "$X", "patterns": [{"pattern-regex": "{{source:pan}}"}]}},
            {"metavariable-regex": {"metavariable": "$X", "regex": "{{name:pan}}"}},
        ],
    )
    costly_rules = RuleSet([costly])
    (body,) = json.loads(costly_rules.text(["python"], trial=All(costly_rules)))["rules"]
    assert body["patterns"] == [
        {"pattern-regex": "<{{source:pan}}>"},
        {"pattern-regex": "cheap"},
        {"metavariable-pattern": {"metavariable": "$X", "patterns": [{"pattern-regex": "{{source:pan}}"}]}},
        {"metavariable-regex": {"metavariable": "$X", "regex": "{{hint:pan}}"}},
        {"metavariable-regex": {"metavariable": "$X", "regex": "{{name:pan}}"}},
    ]


def test_rules_that_no_file_meets_are_not_sent() -> None:
    rules = RuleSet([PYTHON, PYTHON._replace(id="other.python", mentions="x")])
    trial = All(rules)
    trial.met = {condition for condition in trial.met if not condition.mentions}
    assert [body["id"] for body in json.loads(rules.text(["python"], trial=trial))["rules"]] == ["weak.python"]
