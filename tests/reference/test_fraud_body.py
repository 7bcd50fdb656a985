"""What is asked of fraud scoring over HTTP: names, and words without account data."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.fraud.api_model import AssessmentBody
from tests.reference.fraud_parts import LAPTOP, NOW
from tests.reference.test_fraud_decisions import BODY, NUMBER


@pytest.mark.parametrize("words", [f"card {NUMBER}", "4111-1111-1111-1111"])
def test_engines_see_no_card_number(words: str) -> None:
    fingerprint = {**LAPTOP, "user_agent": words, "platform": words}
    body = AssessmentBody.model_validate({**BODY, "description": words, "device": {"fingerprint": fingerprint}})
    assert "1111" not in repr(body.facts("m1", NOW))


@settings(max_examples=200, deadline=None)
@given(st.uuids())
def test_every_uuid_is_a_name(name: UUID) -> None:
    given_names = dict.fromkeys(("transaction", "customer", "merchant"), str(name))
    assert AssessmentBody.model_validate({**BODY, **given_names}).transaction == str(name)
