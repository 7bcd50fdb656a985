"""Money, charges, what is sealed for the gateway, and what is believed of its answers."""

from __future__ import annotations

import base64
import json
import pickle
from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwe, jws
from joserfc.jwk import ECKey, RSAKey

from reference_impl.cards.model import VerificationCode
from reference_impl.errors import ConfigurationError, ConflictError, IntegrityError, InvalidInputError
from reference_impl.gateway import answers
from reference_impl.gateway.encryption import ANSWERS, BOUND, ENCRYPTION, GatewayKeys, open_answer, seal_card
from reference_impl.gateway.model import Charge, Reason
from reference_impl.money import EXPONENTS, MAX_MAJOR, Money
from tests.reference.processor import CODE, PAN, keys, open_card
from tests.reference.test_gateway_client import card

FIELDS: dict[str, str | int] = {
    "amount": 1234,
    "currency": "EUR",
    "merchant_id": "merchant_7",
    "idempotency_key": "order-4711-attempt-1",
    "timestamp": "2026-11-22T10:00:00.000+00:00",
}


@pytest.mark.parametrize("amount", [0, -1, 1.0, 12.34, True, "12", None, MAX_MAJOR * 100 + 1, Decimal(5)])
def test_an_amount_is_a_whole_number_of_minor_units(amount: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Money(amount, "EUR")
    assert caught.value.field == "amount"


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "XXX", "XAU", "EUR\n", "ＥＵＲ"])
def test_a_currency_is_one_of_iso_4217(currency: str) -> None:
    with pytest.raises(InvalidInputError):
        Money(1, currency)


@pytest.mark.parametrize(
    ("major", "currency", "minor"),
    [
        ("12.34", "EUR", 1234),
        ("12.3", "EUR", 1230),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
        ("1E+2", "USD", 10000),
    ],
)
def test_major_units_become_minor_by_the_exponent_of_the_currency(major: str, currency: str, minor: int) -> None:
    assert Money.of(Decimal(major), currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("major", "currency"),
    [
        ("12.345", "EUR"),
        ("0.5", "JPY"),
        ("1.2345", "KWD"),
        ("NaN", "EUR"),
        ("Infinity", "EUR"),
        ("1E+999999999", "EUR"),
        ("1E-999999999", "EUR"),
        ("sNaN", "EUR"),
        ("-1", "EUR"),
        ("1.0000000000000000000000000000001", "EUR"),
        ("1", "E"),
    ],
)
def test_decimals_a_currency_does_not_have_are_not_rounded_away(major: str, currency: str) -> None:
    with pytest.raises(InvalidInputError):
        Money.of(Decimal(major), currency)


@settings(deadline=None)
@given(st.integers(1, MAX_MAJOR), st.sampled_from(sorted(EXPONENTS)))
def test_major_units_and_back(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    assert Money.of(money.major, currency) == money
    assert -int(money.major.as_tuple().exponent) == EXPONENTS[currency]


def test_a_charge_has_a_currency_and_an_idempotency_key() -> None:
    with pytest.raises(TypeError):
        Charge(Money(1, "EUR"), "merchant_7")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Money(1)  # type: ignore[call-arg]
    for key in ("", "short", "x" * 65, "order 4711 attempt 1", "order-4711-attempt-1\n", "order-4711\r\nX-Evil: 1"):
        with pytest.raises(InvalidInputError):
            Charge(Money(1, "EUR"), "merchant_7", key)
    with pytest.raises(InvalidInputError):
        Charge(Money(1, "EUR"), "", "order-4711-attempt-1")


def test_reasons_that_help_a_thief_are_not_told_apart() -> None:
    assert {Reason.of(word) for word in ("lost_card", "stolen_card", "fraud", "anything")} == {Reason.DECLINED}
    assert Reason.of("expired_card") is Reason.EXPIRED_CARD


def test_a_forgotten_code_is_gone() -> None:
    code = VerificationCode.parse(CODE)
    assert code.reveal() == CODE
    code.forget()
    with pytest.raises(ConflictError):
        code.reveal()
    with pytest.raises(TypeError):
        pickle.dumps(code)


def test_the_gateway_opens_what_was_sealed_and_nobody_else_sees_it() -> None:
    sealed = seal_card(keys().client, FIELDS, card(), VerificationCode.parse(CODE))
    assert open_card({**FIELDS, "encrypted_card_data": sealed})["number"] == PAN
    header = json.loads(base64.urlsafe_b64decode(sealed.split(".")[0] + "=="))
    assert (header["alg"], header["enc"], header["kid"]) == (*ENCRYPTION, "gateway-2")
    assert header["crit"] == list(BOUND) and PAN not in json.dumps(header)
    assert seal_card(keys().client, FIELDS, card(), None) != sealed


@pytest.mark.parametrize("field", BOUND)
def test_a_card_sealed_for_one_payment_is_no_good_in_another(field: str) -> None:
    sealed = seal_card(keys().client, FIELDS, card(), None)
    other = {**FIELDS, field: 1 if field == "amount" else "USD"}
    with pytest.raises(Exception, match="bound"):
        open_card({**other, "encrypted_card_data": sealed})
    head, rest = sealed.split(".", 1)
    header = json.loads(base64.urlsafe_b64decode(head + "==")) | {field: other[field]}
    moved = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    with pytest.raises(Exception, match="sealed"):
        open_card({**other, "encrypted_card_data": f"{moved}.{rest}"})


CLAIMS: dict[str, Any] = {
    "outcome": "approved",
    "request_id": "1f",
    "idempotency_key": "order-4711-attempt-1",
    "operation": "authorize",
    "merchant_id": "merchant_7",
    "amount": 1234,
    "currency": "EUR",
    "reference": "op_1",
    "authorization": "op_1",
    "at": "2026-11-22T10:00:00+01:00",
}


def test_an_answer_is_read() -> None:
    answer = answers.read(json.dumps(CLAIMS).encode())
    assert isinstance(answer, answers.Approved)
    assert answer.result().at == datetime(2026, 11, 22, 9, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": "1234"},
        {"amount": 1234.0},
        {"amount": True},
        {"amount": -5},
        {"amount": 0},
        {"currency": "EURO"},
        {"at": "2026-11-22T10:00:00"},
        {"outcome": "paid"},
        {"operation": "give"},
        {"reference": ""},
        {"reference": f"<{PAN}>"},
        {"reference": "op_1\n"},
        {"idempotency_key": "short"},
        {"extra": PAN},
        {"outcome": "absent"},
        {"outcome": "declined"},
        *({name: None} for name in CLAIMS),
    ],
)
def test_an_answer_of_another_form_is_garbage(change: Mapping[str, Any]) -> None:
    with pytest.raises(IntegrityError) as caught:
        answers.read(json.dumps({**CLAIMS, **change}).encode())
    assert caught.value.__context__ is None and PAN not in str(caught.value)


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda x: json.dumps(x).encode())
    )
)
def test_what_is_no_answer_is_an_integrity_error(payload: bytes) -> None:
    with pytest.raises(IntegrityError):
        answers.read(payload)


def answer(outer: Mapping[str, str] = {}, inner: Mapping[str, str] = {}, signer: ECKey | None = None) -> bytes:
    """As the gateway makes it, with other headers."""
    header = {"alg": "ES256", "kid": "answers-1", **inner}
    signed = jws.serialize_compact(header, b"{}", signer or keys().signing, ["ES256"])
    head = {"alg": ANSWERS[0], "enc": ANSWERS[1], "cty": "JOSE", "kid": "merchant-1", **outer}
    return jwe.encrypt_compact(head, signed, keys().ours, [*ANSWERS, "A128GCM", "ECDH-ES+A256KW", "DEF"]).encode()


def with_epk(point: object) -> bytes:
    """An answer with another ephemeral key in its header."""
    head, rest = answer().split(b".", 1)
    header = json.loads(base64.urlsafe_b64decode(head + b"==")) | {"epk": point}
    return base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=") + b"." + rest


def test_an_answer_is_opened_and_verified() -> None:
    assert open_answer(keys().client, answer()) == b"{}"


@pytest.mark.parametrize(
    "body",
    [
        lambda: answer({"enc": "A128GCM"}),
        lambda: answer({"alg": "ECDH-ES+A256KW"}),
        lambda: with_epk(None),
        lambda: with_epk({"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}),
        lambda: with_epk({"kty": "EC", "crv": "P-256", "x": "*", "y": ""}),
        lambda: with_epk({"kty": "EC", "crv": "P-999", "x": "AQ", "y": "AQ"}),
        lambda: with_epk({"kty": "EC", "crv": "P-256", "x": 1, "y": "AQ"}),
        lambda: with_epk({"kty": "oct", "crv": "P-256", "x": "AQ", "y": "AQ"}),
        lambda: with_epk(ECKey.generate_key("P-384", private=False).as_dict(private=False)),
        lambda: answer({"kid": "merchant-0"}),
        lambda: answer({"typ": "JWT"}),
        lambda: answer({"zip": "DEF"}),
        lambda: answer({}, {"kid": "answers-0"}),
        lambda: answer({}, {"typ": "JWT"}),
        lambda: answer({}, {}, keys().stranger),
        lambda: answer()[:-1],
        lambda: answer() + b".e30",
        lambda: b"",
        lambda: b"....",
    ],
)
def test_answers_by_others_to_others_or_of_other_algorithms(body: Any) -> None:
    with pytest.raises(IntegrityError) as caught:
        open_answer(keys().client, body())
    assert caught.value.__context__ is None


@settings(deadline=None)
@given(st.data())
def test_a_changed_answer_never_opens(data: st.DataObject) -> None:
    good = answer()
    place = data.draw(st.integers(0, len(good) - 2))  # the last character may hold unused bits
    bad = bytearray(good)
    bad[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[place]))
    try:
        assert open_answer(keys().client, bytes(bad)) == b"{}"
        assert good[place + 1 : place + 2] == b"."  # unused bits of another part
    except IntegrityError:
        pass


@settings(deadline=None)
@given(st.binary())
def test_noise_is_an_integrity_error(noise: bytes) -> None:
    for body in (noise, base64.urlsafe_b64encode(noise) + b".a.b.c.d"):
        with pytest.raises(IntegrityError):
            open_answer(keys().client, body)


@pytest.mark.filterwarnings("ignore:Key size")  # the point of one of them
def test_keys_that_do_not_fit_stop_the_start() -> None:
    theirs = [keys().theirs.as_dict(private=False), keys().signing.as_dict(private=False)]
    ours = [keys().ours.as_dict(private=True)]
    weak = RSAKey.generate_key(1024, {"kid": "gateway-2", "use": "enc"}).as_dict(private=False)
    signing_only = keys().theirs.as_dict(private=False) | {"use": "sig"}
    sets: list[tuple[dict[str, Any], dict[str, Any], str]] = [
        ({"keys": theirs}, {"keys": ours}, "gateway-1"),
        ({"keys": theirs[:1]}, {"keys": ours}, "gateway-2"),
        ({"keys": [weak, theirs[1]]}, {"keys": ours}, "gateway-2"),
        ({"keys": [signing_only, theirs[1]]}, {"keys": ours}, "gateway-2"),
        ({"keys": theirs}, {"keys": [keys().ours.as_dict(private=False)]}, "gateway-2"),
        ({"keys": theirs}, {"keys": []}, "gateway-2"),
        (
            {"keys": theirs},
            {"keys": [ECKey.generate_key("P-384", {"kid": "m", "use": "enc"}).as_dict(private=True)]},
            "gateway-2",
        ),
        ({"keys": theirs}, {"keys": [keys().ours.as_dict(private=True) | {"use": "sig"}]}, "gateway-2"),
        ({"keys": [{"kty": "none"}]}, {"keys": ours}, "gateway-2"),
        ({}, {"keys": ours}, "gateway-2"),
    ]
    for wrong in sets:
        with pytest.raises(ConfigurationError):
            GatewayKeys.load(*wrong)
