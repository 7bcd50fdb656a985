"""Files may hold anything anywhere: no rule about them fails for a list where a word belongs, whatever the input."""

from __future__ import annotations

import pytest
import yaml

from scanner.catalog import load
from scanner.engines.rego import RegoEngine
from scanner.inputs import INPUTS
from scanner.model import Rule, Status
from tests.rules.odd_data import ROOT, fixtures, odd_units

CHANGES = 250
"""Copies with an odd value, for every input."""


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    return load([]).of_engine("rego")


@pytest.fixture(scope="module")
def engine(rules: list[Rule]) -> RegoEngine:
    catalog = load([])
    settings = yaml.safe_load((ROOT.parent / "settings.yaml").read_text(encoding="utf-8"))
    modules = {**catalog.libraries, **{rule.source: rule.body for rule in rules}}
    return RegoEngine(modules, {"settings": settings, "vocabulary": catalog.vocabulary})


@pytest.mark.parametrize("kind", INPUTS)
def test_no_rule_fails(kind: str, engine: RegoEngine, rules: list[Rule]) -> None:
    concerned = [rule for rule in rules if kind in rule.applies_to]
    assert concerned and fixtures()[kind], kind
    judged = 0
    for unit in odd_units(kind, 1, CHANGES):
        report = engine.check(unit, concerned)
        assert report.problems == ()
        judged += sum(check.status is not Status.ERROR and "~" in check.subject for check in report.checks)
    assert judged > CHANGES / 10
