"""A team's rules, proven by the team's mutants: what is killed, what survives and why, and how the command ends."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.validation import whole
from scanner.validation.result import PolicyResult, Validation
from tests import team_rules
from tests.command import paylint
from tests.team_rules import MUTANTS, OPERATORS, SHOP, put

REVIEWED = "Nobody calls it so any more."
WORSE = {
    "shaky_call": {
        "mutants": [
            *MUTANTS["shaky_call"]["mutants"],  # type: ignore[index]
            {"name": "unseen", "file": "shop/pay.py", "line": "quiet(value)", "wrong": "unseen(value)"},
            {
                "name": "known",
                "file": "shop/pay.py",
                "line": "quiet(value)",
                "wrong": "hidden(value)",
                "survives": REVIEWED,
            },
            {
                "name": "mended",
                "file": "shop/pay.py",
                "line": "quiet(value)",
                "wrong": "shaky(value)",
                "survives": REVIEWED,
            },
        ]
    },
    "loud_call": {
        "mutants": [{"name": "again", "file": "shop/pay.py", "line": "louder = loud(value)", "wrong": "loud(1)"}]
    },
    "store_open": {
        "mutants": [
            {key: value for key, value in item.items() if key != "reported"}
            for item in MUTANTS["store_open"]["mutants"]  # type: ignore[index]
        ]
    },
}

Run = Callable[..., Validation]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Validates as where there is no checkout: the reference implementation has nothing to do with a team's rules."""

    def go(rules: Path, *only: str) -> Validation:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(whole, "checkout", lambda: None)
            patch.setenv("PAYLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
            return whole.validate(rules, True, tmp_path_factory.mktemp("work").resolve(), only)

    return go


def of(result: Validation, name: str) -> PolicyResult:
    return next(policy for policy in result.policies if policy.policy == name)


@pytest.fixture(scope="module")
def good(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Validation:
    """Something of paylint's own is reported in the team's service: that is no fault of the team's rules."""
    rules = team_rules.write(tmp_path_factory.mktemp("good"))
    (rules.parent / "shop" / "old.py").write_text("import hashlib\n\nprint(hashlib.md5(card_number))\n")
    return run(rules)


def test_what_a_rule_reports_is_killed(good: Validation) -> None:
    """In code, in a unit whose other file has the edit, where two policies are right, and by an operator."""
    assert (good.failures, good.errors, good.exit_code) == ((), (), 0)
    counts = {policy.policy: (policy.killed, policy.total, policy.generated) for policy in good.policies}
    assert counts == {"loud_call": (1, 1, 0), "shaky_call": (4, 4, 2), "store_open": (2, 2, 0)}
    assert (good.total, good.killed, good.fixtures) == (7, 7, 4)
    (rule,) = of(good, "shaky_call").rules
    assert (rule.rule, rule.fixtures, rule.total, rule.killed, rule.astray) == ("shaky_call.python", 1, 4, 4, 0)
    assert rule.silent and of(good, "shaky_call").silent


@pytest.fixture(scope="module")
def worse(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Validation:
    rules = team_rules.write(tmp_path_factory.mktemp("worse"))
    service = rules.parent / "shop" / "pay.py"
    service.write_text(SHOP.replace("    plain(value)\n", "    plain(value)\n    louder = loud(value)\n"))
    put(rules, copy.deepcopy(WORSE), OPERATORS)
    (rules / "semgrep" / "loud_call" / "python.py").write_text("# ok: loud_call.python\nsteady(value)\n")
    return run(rules)


def test_a_survivor_is_listed_with_why(worse: Validation) -> None:
    why = {item.name: (item.why, item.reviewed) for item in of(worse, "shaky_call").survivors}
    assert why["shaky_call.unseen"] == ("nothing reports it", "")
    assert why["shaky_call.known"] == ("nothing reports it", REVIEWED)
    assert "shop/pay.py:9: shaky_call.unseen survives: nothing reports it" in worse.failures
    assert [failure for failure in worse.failures if "shaky_call.known" in failure] == []
    assert worse.exit_code == 1


def test_a_policy_that_has_nothing_to_do_with_it_is_a_fault(worse: Validation) -> None:
    survivors = {item.name: item.why for item in of(worse, "shaky_call").survivors}
    assert survivors["shaky_call.and_loud"].startswith("loud_call.python reports something, too (shop/pay.py:9, ")
    (loud,) = of(worse, "loud_call").rules
    assert loud.astray == 1


def test_what_is_killed_one_day_is_no_survivor(worse: Validation) -> None:
    assert any("shaky_call.mended is killed now" in failure for failure in worse.failures)


def test_a_report_at_another_place_does_not_kill(worse: Validation) -> None:
    survivors = {item.name: item.why for policy in worse.policies for item in policy.survivors}
    assert "store_open.terraform reports it elsewhere (infra/store.tf:1, " in survivors["store_open.keeper_gone"]
    assert "store_open.unsealed" not in survivors


def test_what_is_reported_without_the_edit_is_no_proof(worse: Validation) -> None:
    loud = of(worse, "loud_call")
    assert not loud.silent and not loud.rules[0].silent
    assert [(item.name, item.why) for item in loud.survivors] == [
        ("loud_call.again", "it is reported without the edit as well")
    ]
    assert any(failure.startswith("shop/pay.py:11: loud_call.python is not silent") for failure in worse.failures)


def test_fixtures_that_disagree_are_a_failure(worse: Validation) -> None:
    assert any("loud_call.python has no failing fixture" in failure for failure in worse.failures)


def test_of_some_policies_only(run: Run, tmp_path: Path) -> None:
    """Of a rule that was weakened: it says what nobody reports any more."""
    rules = team_rules.write(tmp_path)
    rule = rules / "semgrep" / "shaky_call" / "python.yaml"
    rule.write_text(rule.read_text().replace("pattern: shaky(...)", "pattern: shaky(value)"))
    result = run(rules, "shaky_call")
    assert [policy.policy for policy in result.policies] == ["shaky_call"]
    assert result.exit_code == 1
    assert result.failures == (
        "shop/pay.py:17: shake:shop/pay.py:17 survives: nothing reports it",
        "shaky_call: kills 1 of 2 generated mutants, less than 95%",
    )


def test_a_scan_that_is_not_complete_is_never_good(run: Run, tmp_path: Path) -> None:
    rules = team_rules.write(tmp_path)
    broken = {"name": "broken", "file": "infra/store.tf", "line": "sealed = true", "wrong": "sealed = {"}
    put(rules, {"store_open": {"mutants": [broken]}})
    result = run(rules, "store_open")
    assert result.exit_code == 3
    assert any(error.startswith("store_open.broken: infra/store.tf: ") for error in result.errors)


def test_the_command_proves_a_teams_rules(tmp_path: Path) -> None:
    rules = team_rules.write(tmp_path / "team")
    answer = paylint("rules", "validate", "--rules", rules, "--format", "json", cwd=tmp_path, timeout=600)
    assert answer.code == 0, answer.out + answer.err
    assert answer.json["mutants"] == {"total": 7, "killed": 7}
    (shaky,) = [policy for policy in answer.json["policies"] if policy["policy"] == "shaky_call"]
    assert shaky["mutants"] == {"total": 4, "killed": 4, "generated": 2, "generated_killed": 2, "survivors": []}
    assert shaky["silent_on_reference"] is True
    assert shaky["rules"] == [
        {
            "rule": "shaky_call.python",
            "fixtures": 1,
            "mutants": {"total": 4, "killed": 4},
            "astray": 0,
            "silent_on_reference": True,
        }
    ]


def test_what_survives_ends_the_command_with_1(tmp_path: Path) -> None:
    rules = team_rules.write(tmp_path / "team")
    gone = {"name": "gone", "file": "shop/pay.py", "line": "calm(value)", "wrong": "silent(value)"}
    put(rules, {"loud_call": {"mutants": [gone]}})
    answer = paylint("rules", "validate", "--rules", rules, "--policy", "loud_call", cwd=tmp_path, timeout=600)
    assert answer.code == 1
    assert "  shop/pay.py:8: loud_call.gone survives: nothing reports it" in answer.out.split("\n")


def test_data_that_cannot_be_used_ends_the_command_with_2(tmp_path: Path) -> None:
    rules = team_rules.write(tmp_path / "team")
    gone = {"name": "gone", "file": "shop/pay.py", "line": "nowhere(4111111111111111)", "wrong": "a()"}
    put(rules, {"loud_call": {"mutants": [gone]}})
    answer = paylint("rules", "validate", "--rules", rules, cwd=tmp_path)
    assert answer.code == 2
    assert "mutants/loud_call.yaml: loud_call.gone: shop/pay.py: 'nowhere(411111" in answer.err
    assert "4111111111111111" not in answer.err


def test_what_is_kept_is_kept_of_all_rules() -> None:
    for arguments in (("--policy", "pan_logged"), ("--rules", "scanner")):
        answer = paylint("rules", "validate", "--update", *arguments, cwd=Path(__file__).parents[1])
        assert answer.code == 2
        assert "--update keeps the result of all rules" in answer.err
    answer = paylint("rules", "validate", "--update", cwd=Path(__file__).parents[1])
    assert answer.code == 2
    assert "--update keeps a result whole: add --equivalence" in answer.err
