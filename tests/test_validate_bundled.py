"""Every rule is proven: by its fixtures, silence on sound services, mutants, and edits that mean nothing; none loses
ground.

One run of everything, which takes minutes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.proof import KEPT
from scanner.validation import kept
from scanner.validation.result import Validation
from scanner.validation.summary import ENOUGH, STEADY
from scanner.validation.table import markdown
from scanner.validation.whole import validate, with_edits_that_mean_nothing

RULES = Path(__file__).parents[1] / "rules"
RENEW = "run `paylint rules validate --equivalence --update`, and read the diff"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Validation:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAYLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        work = tmp_path_factory.mktemp("work").resolve()
        return kept.compared(RULES, with_edits_that_mean_nothing(validate(RULES, False, work), RULES.parent, work))


def test_nothing_survives_unreviewed_nothing_is_loud_and_no_ground_is_lost(result: Validation) -> None:
    assert result.errors == ()
    assert result.failures == ()
    assert [policy.policy for policy in result.policies if not policy.silent] == []


def test_edits_that_mean_nothing_leave_findings_as_they_were(result: Validation) -> None:
    same = result.equivalence
    assert same is not None
    assert same.edits >= 7500
    assert same.held >= STEADY * same.edits, "\n".join(same.broken)


def test_every_policy_has_mutants_and_there_are_many(result: Validation) -> None:
    policies = {file.stem for file in (RULES / "policies").glob("*.yaml")}
    assert {policy.policy for policy in result.policies} == policies
    assert [policy.policy for policy in result.policies if not policy.total] == []
    assert sum(policy.generated for policy in result.policies) >= 300


def test_every_rule_is_tried_on_a_mutant(result: Validation) -> None:
    assert [rule.rule for policy in result.policies for rule in policy.rules if not rule.total] == []


def test_every_policy_kills_enough_of_those_that_operators_make(result: Validation) -> None:
    assert [policy.policy for policy in result.policies if not policy.generated] == []
    assert [item.policy for item in result.policies if item.generated_killed < ENOUGH * item.generated] == []


def test_what_is_kept_is_what_a_new_run_shows(result: Validation) -> None:
    assert (RULES / KEPT).read_text(encoding="utf-8") == kept.to_text(result), RENEW
    assert (RULES / kept.PAGE).read_text(encoding="utf-8") == markdown(result), RENEW
