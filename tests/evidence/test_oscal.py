"""OSCAL files, against the schemas NIST publishes (a work of the United States government: public domain)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from scanner.bundled import bundled
from scanner.evidence.artefacts import oscal
from scanner.evidence.model import Control, Evidence, Procedure, Profile, Requirement, State
from tests.command import paylint
from tests.evidence.described import evidence, finding

MADE: dict[str, Callable[[Evidence], bytes]] = {"results": oscal.results, "plan": oscal.plan}


def valid(name: str, content: bytes) -> Any:
    """The content, when NIST's schema describes it."""
    schema = json.loads((bundled("reports") / "schemas" / f"oscal-assessment-{name}.json").read_text("utf-8"))
    value = json.loads(content)
    errors = [
        f"{error.instance_path}: {error.message}" for error in jsonschema_rs.validator_for(schema).iter_errors(value)
    ]
    assert errors == []
    return value


def of(state: State, *procedures: Procedure) -> Evidence:
    """A requirement in that state, of a framework whose ids have brackets."""
    found = (finding(),) if state is State.VIOLATED else ()
    control = Control("gdpr", "32(1)(a)", "Personal data is encrypted", ("code",), procedures, ("The keys.",))
    made = Requirement(control, state, found, ("pan_logged",), files=3, limits=("It is a part.",))
    return evidence(*found)._replace(requirements=(made,), profile=Profile(entity="A \u202e<b> shop"))


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("state", State)
def test_every_state_is_valid(name: str, state: State) -> None:
    valid(name, MADE[name](of(state, Procedure("8.6.2.b", "examine", "x"), Procedure("8.6.2.a", "interview", "x"))))


@pytest.mark.parametrize("name", MADE)
def test_a_scan_that_looked_at_nothing_is_valid(name: str) -> None:
    valid(name, MADE[name](evidence()._replace(requirements=(), revision=None, profile=Profile())))


def test_only_what_is_violated_is_a_finding_and_nothing_is_satisfied() -> None:
    for state in State:
        (result,) = valid("results", oscal.results(of(state)))["assessment-results"]["results"]
        (observation,) = result["observations"]
        assert observation["props"][0]["value"] == state.value
        assert "The keys." in observation["remarks"] and "It is a part." in observation["description"]
        found = result.get("findings", [])
        assert [one["target"]["status"]["state"] for one in found] == ["not-satisfied"] * (state is State.VIOLATED)
        assert all(one["related-observations"][0]["observation-uuid"] == observation["uuid"] for one in found)


def test_the_same_evidence_has_the_same_ids() -> None:
    one, other = of(State.VIOLATED), of(State.VIOLATED)._replace(revision=None)
    assert oscal.results(one) == oscal.results(of(State.VIOLATED)) != oscal.results(other)


@pytest.mark.parametrize("name", MADE)
def test_those_of_a_real_scan_are_valid(tmp_path: Path, name: str) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "pay.py").write_text("import logging\n\ndef pay(pan):\n    logging.info(pan)\n")
    paylint("evidence", "-o", tmp_path / "out", cwd=tmp_path / "shop")
    content = (tmp_path / "out" / f"oscal-assessment-{name}.json").read_bytes()
    text = json.dumps(valid(name, content))
    assert "pci-dss-4.0.1_3.5.1" in text
    (body,) = json.loads(content).values()
    assert "results" not in body or (tmp_path / "out" / body["import-ap"]["href"]).is_file()
