"""What may be said of a requirement: an exception changes nothing, silence needs something that was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from scanner.evidence.bundle import ARTEFACTS
from scanner.evidence.controls import controls
from scanner.evidence.model import Control, Requirement, State
from scanner.evidence.states import requirements
from scanner.model import (
    Analysed,
    Check,
    Confidence,
    Finding,
    Place,
    Policy,
    Rule,
    ScanError,
    ScanResult,
    Severity,
    Span,
    Status,
    Suppression,
    Tool,
)

RULES = Path(__file__).parents[2] / "rules"
NAMED = {"pci-dss-4.0.1": ("3.5.1.1",)}
POLICY = Policy("hashed", "A title that is long", Severity.HIGH, "why", "how", NAMED)
CODE = Rule(
    "hashed.python", "hashed", "semgrep", "python", "t", Severity.HIGH, Confidence.HIGH, "s", languages=("python",)
)
DECLARED = Rule("hashed.terraform", "hashed", "rego", "terraform", "t", Severity.HIGH, Confidence.HIGH, "s")
WHOLE = Control("pci-dss-4.0.1", "3.5.1", "t", ("code", "attestation"), includes=("3.5.1.1",))
PART = Control("pci-dss-4.0.1", "3.5.1.1", "t", ("code", "attestation"))
OTHER = Control("pci-dss-4.0.1", "3.5.1.2", "t", ("infrastructure",))
PEOPLE = Control("pci-dss-4.0.1", "12.8.2", "t", ("attestation",))


def found(severity: Severity = Severity.HIGH, confidence: Confidence = Confidence.HIGH, **more: object) -> Finding:
    place = Place("a.py", Span(1, 1, 1, 2))
    made = Finding("hashed", CODE.id, severity, confidence, "m", place, "", "", NAMED, ())
    return made._replace(**more)


def result(
    *findings: Finding,
    files: Mapping[str, tuple[str, ...]] = {"a.py": ("semgrep",)},
    checks: tuple[Check, ...] = (),
    policies: tuple[Policy, ...] = (POLICY,),
    errors: tuple[ScanError, ...] = (),
) -> ScanResult:
    named = {policy.id: policy for policy in policies}
    rules = {rule.id: rule for rule in (CODE, DECLARED) if rule.policy in named}
    analysed = tuple(Analysed(path, engines) for path, engines in files.items())
    code = 3 if errors else 1 if findings else 0
    tool = Tool("paylint", "1", "sha256:0")
    return ScanResult(tool, named, rules, findings, checks, analysed, (), errors, Severity.MEDIUM, code)


def of(scan: ScanResult, control: Control = PART, policies: tuple[Policy, ...] = (POLICY,)) -> Requirement:
    (made,) = requirements([control], scan, {policy.id: policy for policy in policies})
    return made


@pytest.mark.parametrize("suppressed", [None, Suppression("reason", "a.py", 1)])
@pytest.mark.parametrize("control", [PART, WHOLE])
def test_a_finding_violates_what_its_policy_names_whoever_accepted_it(
    suppressed: Suppression | None, control: Control
) -> None:
    made = of(result(found(suppressed=suppressed)), control)
    assert made.state is State.VIOLATED and len(made.findings) == 1


def test_an_area_sums_up_its_sections_and_no_others() -> None:
    area = Control("six-areas", "data-protection", "t", ("code",), covers=("pci-dss-4.0.1:3",))
    assert of(result(found()), area).state is State.VIOLATED
    for other in ("pci-dss-4.0.1:35", "pci-dss-4.0.1:3.5.1.10", "gdpr:3"):
        assert of(result(found()), area._replace(covers=(other,))).state is State.NOT_CHECKED, other


def test_it_says_nothing_of_another_requirement() -> None:
    made = of(result(found()), OTHER)
    assert made.state is State.NOT_CHECKED and made.limits == ("No policy speaks about this yet.",)


def test_silence_counts_where_something_was_looked_at() -> None:
    looked = of(result())
    assert (looked.state, looked.files, looked.passed) == (State.NOTHING_FOUND, 1, 0)
    passed = Check(DECLARED.id, "main", Status.PASS)
    declared = of(result(files={}, checks=(passed,)))
    assert (declared.state, declared.files, declared.passed) == (State.NOTHING_FOUND, 0, 1)
    for other in ({}, {"a.go": ("semgrep",)}, {"a.py": ("pan",)}):
        nothing = of(result(files=other))
        assert nothing.state is State.NOT_CHECKED
        assert "Nothing that these policies can judge was in the scan." in nothing.limits


def test_what_cannot_be_decided_is_no_silence() -> None:
    made = of(result(files={}, checks=(Check(DECLARED.id, "main", Status.UNKNOWN, "only at apply"),)))
    assert (made.state, made.unknown) == (State.NOT_CHECKED, 1)
    assert any("1 checks could not be decided" in limit for limit in made.limits)


def test_what_is_unsure_is_left_to_a_person() -> None:
    made = of(result(found(confidence=Confidence.LOW)))
    assert made.state is State.NOT_CHECKED and len(made.findings) == 1
    assert "1 findings of low confidence: a person has to judge them." in made.limits
    assert of(result(found(confidence=Confidence.LOW), found())).state is State.VIOLATED


def test_published_test_cards_violate_nothing() -> None:
    made = of(result(found(severity=Severity.INFO)))
    assert made.state is State.NOTHING_FOUND and made.findings == ()


def test_a_policy_that_was_left_out_is_named() -> None:
    made = of(result(policies=()))
    assert made.state is State.NOT_CHECKED and "Left out of this scan: hashed." in made.limits
    optional = POLICY._replace(optional=True)
    assert of(result(policies=()), policies=(optional,)).limits == ("No policy speaks about this yet.",)


def test_an_incomplete_scan_limits_every_silence() -> None:
    made = of(result(errors=(ScanError("b.py", "semgrep", "timed out"),)))
    assert made.limits[0] == "The scan is incomplete (1 problems): what it missed may violate this."


def test_a_list_is_named_and_judges_nothing() -> None:
    listed = Control("pci-dss-4.0.1", "12.3.3", "t", ("code", "attestation"), inventories=("cryptography.csv",))
    made = of(result(), listed)
    assert made.state is State.NOT_CHECKED and "listed in cryptography.csv" in made.limits[0]


def test_the_lists_that_requirements_name_are_files_of_a_bundle() -> None:
    named = {name for control in controls(RULES / "controls") for name in control.inventories}
    assert named and named <= ARTEFACTS.keys()


def test_what_only_people_can_show_is_not_checked() -> None:
    made = of(result(), PEOPLE)
    assert made.state is State.NOT_CHECKED and "Only people" in made.limits[0]
