"""The six areas of `checklist.yaml`, and what makes the scope smaller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from reference_impl.assessment.model import Capture, Merchant

AREAS = ("network", "data_protection", "vulnerability_management", "access", "monitoring", "policy")
_FILE = Path(__file__).with_name("checklist.yaml")


class Item(BaseModel):
    """One question. `policies`: of the scanner, which find violations of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    ask: str
    requirement: str = Field(pattern=r"^[0-9]{1,2}(\.[0-9]{1,2}){1,3}$")
    policies: list[str]


def checklist() -> Mapping[str, Sequence[Item]]:
    """By area, all six."""
    found = TypeAdapter(dict[str, list[Item]]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))
    return {area: found[area] for area in AREAS}


def reductions(merchant: Merchant) -> Sequence[str]:
    """What this merchant could change so that less of it is in scope; the largest step first."""
    steps = []
    if merchant.stored:
        steps.append("Delete stored card numbers, or replace them by tokens of a vault that others run (3.2.1).")
    if merchant.capture is Capture.OWN_SYSTEMS:
        steps.append("Let the processor's hosted fields take card numbers: your systems see tokens only (SAQ A).")
        steps.append("Until then, encrypt cards at the client, and cut the network around what decrypts them (1.3).")
    if merchant.capture is Capture.OWN_PAGE:
        steps.append(
            "Redirect to the processor, or embed its page in an iframe, instead of a form of your own (SAQ A)."
        )
    if merchant.capture is Capture.OUTSOURCED and not merchant.stored:
        steps.append(
            "Keep it so: look for card numbers where none belong, as in logs, mail and support tickets (12.5.2)."
        )
    return steps
