"""Levels, questionnaires and the checklist, at every boundary."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from reference_impl.assessment.checklist import AREAS, checklist, reductions
from reference_impl.assessment.classify import classify, level_of
from reference_impl.assessment.command import assess
from reference_impl.assessment.model import Capture, Merchant, Questionnaire

ROOT = Path(__file__).resolve().parents[2]
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("transactions", "ecommerce", "breached", "level"),
    [
        (6 * MILLION + 1, 0, False, 1),
        (6 * MILLION, 6 * MILLION, False, 2),
        (MILLION, 0, False, 2),
        (MILLION - 1, MILLION - 1, False, 3),
        (MILLION - 1, 20_000, False, 3),
        (MILLION - 1, 19_999, False, 4),
        (20_000, 20_000, False, 3),
        (0, 0, False, 4),
        (0, 0, True, 1),
    ],
)
def test_levels(transactions: int, ecommerce: int, breached: bool, level: int) -> None:
    assert level_of(Merchant(transactions, ecommerce, Capture.OUTSOURCED, breached=breached)) == level


@pytest.mark.parametrize(
    ("capture", "stored", "shows"),
    [
        (Capture.OUTSOURCED, False, Questionnaire.A),
        (Capture.OWN_PAGE, False, Questionnaire.A_EP),
        (Capture.OWN_SYSTEMS, False, Questionnaire.D),
        *((capture, True, Questionnaire.D) for capture in Capture),
    ],
)
def test_questionnaires(capture: Capture, stored: bool, shows: Questionnaire) -> None:
    small = Merchant(100, 100, capture, stored=stored)
    assert classify(small).shows is shows and reductions(small)
    large = classify(Merchant(7 * MILLION, 0, capture, stored=stored))
    assert (large.level, large.shows) == (1, Questionnaire.ROC) and shows.value in large.why


def test_what_cannot_be_is_refused() -> None:
    for transactions, ecommerce in ((-1, 0), (5, -1), (5, 6)):
        with pytest.raises(ValueError):
            Merchant(transactions, ecommerce, Capture.OUTSOURCED)


def test_the_checklist_has_six_areas_and_names_policies_there_are() -> None:
    known = {path.stem for path in (ROOT / "rules" / "policies").glob("*.yaml")}
    found = checklist()
    assert tuple(found) == AREAS and all(found.values())
    for item in (item for items in found.values() for item in items):
        assert set(item.policies) <= known, item
        for name in item.policies:
            controls = yaml.safe_load((ROOT / "rules" / "policies" / f"{name}.yaml").read_text())["controls"]
            assert any(str(one).startswith("pci-dss") for one in controls), name


def test_the_command() -> None:
    done = CliRunner().invoke(assess, ["--transactions", "50000", "--capture", "own_page"])
    assert done.exit_code == 0 and done.output.startswith("Level 3, SAQ A-EP: ")
    assert done.output.count("[ ]") == sum(map(len, checklist().values()))
    wrong = CliRunner().invoke(assess, ["--transactions", "5", "--ecommerce", "6", "--capture", "own_page"])
    assert wrong.exit_code == 2 and "--ecommerce" in wrong.output
