"""Envelopes that must not open: every header, key and content that is not exactly right."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, RSAKey

from reference_impl.client_encryption.envelope import read_header
from reference_impl.errors import InvalidInputError
from tests.reference.client_keys import Here, assert_card, refused, run
from tests.reference.sealing import CARD, seal


def test_headers_that_say_too_much_or_too_little(sqlite: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        own = ECKey.generate_key("P-256").as_dict(private=False)
        header = json.loads(base64.urlsafe_b64decode(envelope.split(".")[0] + "=="))
        without_kid = {name: value for name, value in header.items() if name != "kid"}
        bad: Any
        for bad in (
            header | {"zip": "DEF"},
            header | {"jku": "https://keys.example/jwks.json"},
            header | {"x5u": "https://keys.example/chain.pem"},
            header | {"jwk": own},
            header | {"crit": ["exp"], "exp": 1},
            header | {"b64": False},
            header | {"alg": "dir"},
            header | {"alg": "none"},
            header | {"alg": "RSA1_5"},
            header | {"alg": "RSA-OAEP"},
            header | {"alg": "RSA-OAEP-256"},
            header | {"alg": "ECDH-1PU"},
            header | {"alg": "PBES2-HS256+A128KW", "p2c": 10_000_000, "p2s": "c2FsdA"},
            header | {"enc": "A128CBC-HS256"},
            header | {"enc": "A128GCM"},
            header | {"kid": ""},
            header | {"kid": "../../etc/passwd"},
            header | {"kid": ["x"]},
            header | {"epk": own | {"d": "AA"}},
            header | {"epk": own | {"crv": "P-521"}},
            header | {"apu": "AA"},
            without_kid,
            {},
            [],
            "x",
        ):
            encoded = base64.urlsafe_b64encode(json.dumps(bad).encode()).decode().rstrip("=")
            await refused(here, ".".join([encoded, *envelope.split(".")[1:]]), "header")
        twice = json.dumps(header)[:-1] + f', "alg": "{header["alg"]}"}}'
        encoded = base64.urlsafe_b64encode(twice.encode()).decode().rstrip("=")
        await refused(here, ".".join([encoded, *envelope.split(".")[1:]]), "header")

    run(sqlite, test)


def test_compression_is_refused_even_where_it_is_well_made(sqlite: str) -> None:
    async def test(here: Here) -> None:
        await refused(here, await here.envelope(zip="DEF"), "header")

    run(sqlite, test)


def test_an_unknown_key_is_never_replaced_by_the_first_one(sqlite: str) -> None:
    async def test(here: Here) -> None:
        current, coming = (await here.keys.jwks())["keys"]
        await refused(
            here, seal({"alg": "ECDH-ES", "enc": "A256GCM", "kid": "A" * 22}, here.content(), current), "key set"
        )
        crossed = seal({"alg": "ECDH-ES", "enc": "A256GCM", "kid": coming["kid"]}, here.content(), current)
        await refused(here, crossed, "does not open")

    run(sqlite, test)


def test_an_algorithm_for_another_kind_of_key(sqlite: str) -> None:
    async def test(here: Here) -> None:
        kid = (await here.keys.jwks())["current"]
        own = RSAKey.generate_key(2048)
        await refused(
            here, seal({"alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": kid}, here.content(), own), "not open"
        )

    run(sqlite, test)


def test_a_point_that_is_not_on_the_curve(sqlite: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        head, *rest = envelope.split(".")
        header = json.loads(base64.urlsafe_b64decode(head + "=="))
        header["epk"]["y"] = header["epk"]["x"]
        encoded = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
        await refused(here, ".".join([encoded, *rest]), "does not open")

    run(sqlite, test)


def test_contents_that_are_not_right(sqlite: str) -> None:
    async def test(here: Here) -> None:
        now = int(here.time.now.timestamp())
        for changes, field in (
            ({"iat": now - 301}, "encrypted_card"),
            ({"iat": now + 61}, "encrypted_card"),
            ({"iat": str(now)}, "iat"),
            ({"iat": 2**38}, "iat"),  # no year that a date can have
            ({"iat": 2**37}, "encrypted_card"),
            ({"nonce": "short"}, "nonce"),
            ({"tenant": "m2"}, "encrypted_card"),
            ({"card": CARD | {"number": "4111111111111112"}}, "card.number"),
            ({"card": CARD | {"verification_code": "７３７"}}, "card.verification_code"),
            ({"card": CARD | {"pin": "1234"}}, "card"),
            ({"card": CARD | {"expiry": {"month": 10, "year": 2026}}}, "expiry"),
            ({"admin": True}, ""),
        ):
            error = await refused(here, await here.envelope(here.content(**changes)))
            assert error.field == field
        await refused(here, await here.envelope(b"\xff{"))
        await refused(here, await here.envelope(b"null"))

    run(sqlite, test)


def test_another_tenant_cannot_use_it_and_does_not_spend_it(sqlite: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        await refused(here, envelope, "somebody else", tenant="m2")
        assert_card(await here.keys.open(envelope, "m1"))

    run(sqlite, test)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_change_is_refused_with_one_error(data: st.DataObject) -> None:
    from reference_impl.client_encryption.envelope import decrypt

    pair = ECKey.generate_key("P-256")
    envelope = seal({"alg": "ECDH-ES", "enc": "A256GCM", "kid": "A" * 22}, {"a": 1}, pair)
    at = data.draw(st.integers(0, len(envelope) - 1))
    letter = data.draw(st.characters(codec="utf-8"))
    changed = data.draw(
        st.sampled_from(
            [envelope[:at], envelope[:at] + letter + envelope[at + 1 :], envelope[:at] + envelope[at + 1 :]]
        )
    )
    if changed != envelope:
        with pytest.raises(InvalidInputError):
            decrypt(changed, read_header(changed), "EC", pair)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode() + "....")
    )
)
def test_anything_else_is_no_envelope(anything: str) -> None:
    with pytest.raises(InvalidInputError):
        read_header(anything)


def test_too_large() -> None:
    with pytest.raises(InvalidInputError, match="compact"):
        read_header("A" * 8190 + "....")
