"""The issuer's public keys: which are used, when they are fetched, and an issuer that is away."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from reference_impl.auth.jwks import AGAIN_SECONDS, FRESH_SECONDS, USABLE_SECONDS, Jwks, read_key
from reference_impl.auth.tokens import TokenVerifier
from reference_impl.errors import ConfigurationError, NotAuthenticatedError, UnavailableError
from tests.reference.issuer import AUDIENCE, Issuer, new_key
from tests.reference.verifying import Time, with_keys

pytestmark = pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")


def test_weak_and_foreign_keys_are_not_used(issuer: Issuer) -> None:
    good = new_key("ES256").as_dict(private=False)
    assert read_key(good) is not None
    assert read_key(new_key("PS256", 1024).as_dict(private=False)) is None
    assert read_key(new_key("ES256").as_dict(private=True)) is None
    wrong = [
        {"use": "enc"},
        {"kid": ""},
        {"kid": 7},
        {"alg": "RS256"},
        {"crv": "secp256k1"},
        {"kty": "oct"},
        {"x": "AA"},
    ]
    for changed in wrong:
        assert read_key({**good, **changed}) is None
    for entry in (None, 7, [], "key", {}):
        assert read_key(entry) is None


def test_keys_are_fetched_once_and_rotation_is_noticed(issuer: Issuer) -> None:
    now = Time()

    async def run(verifier: TokenVerifier, _: Jwks) -> None:
        old = issuer.token()
        await asyncio.gather(*(verifier.verify(old) for _ in range(50)))
        assert issuer.asked == 1  # one fetch for all who wait
        issuer.rotate()
        now.seconds += AGAIN_SECONDS
        await asyncio.gather(*(verifier.verify(issuer.token()) for _ in range(50)))
        assert issuer.asked == 2
        assert await verifier.verify(old)  # still published

    with_keys(issuer, run, now)


def test_key_ids_made_up_do_not_hammer_the_issuer(issuer: Issuer) -> None:
    now = Time()

    async def run(verifier: TokenVerifier, _: Jwks) -> None:
        for _ in range(20):
            with pytest.raises(NotAuthenticatedError):
                await verifier.verify(issuer.token(key=new_key()))
        assert issuer.asked == 1
        assert await verifier.verify(issuer.token())
        now.seconds += AGAIN_SECONDS
        with pytest.raises(NotAuthenticatedError):
            await verifier.verify(issuer.token(key=new_key()))
        assert issuer.asked == 2

    with_keys(issuer, run, now)


def test_a_withdrawn_key_is_forgotten_in_the_background(issuer: Issuer) -> None:
    now = Time()

    async def run(verifier: TokenVerifier, jwks: Jwks) -> None:
        token = issuer.token()
        assert await verifier.verify(token)
        issuer.rotate(keep=False)
        now.seconds += FRESH_SECONDS + 1
        assert await verifier.verify(token)  # answered from what is known, while the keys are fetched
        assert jwks._fetching is not None
        await jwks._fetching
        with pytest.raises(NotAuthenticatedError):
            await verifier.verify(token)

    with_keys(issuer, run, now)


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, None), (302, None), *((200, body) for body in (b"<html>", b"[]", b'{"keys": 7}', b"x" * 300_000, b"\xff"))],
)
def test_an_issuer_that_is_away_is_forgiven_for_an_hour(issuer: Issuer, status: int, body: bytes | None) -> None:
    now = Time()

    async def run(verifier: TokenVerifier, jwks: Jwks) -> None:
        token = issuer.token()
        assert await verifier.verify(token)
        issuer.status, issuer.body = status, body
        now.seconds += USABLE_SECONDS
        assert await verifier.verify(token)
        assert jwks._fetching is not None
        await jwks._fetching
        assert await verifier.verify(token)
        now.seconds += 1
        with pytest.raises(UnavailableError):
            await verifier.verify(token)
        issuer.status, issuer.body = 200, None
        now.seconds += AGAIN_SECONDS
        assert await verifier.verify(token)

    with_keys(issuer, run, now)


def test_the_issuer_has_to_prove_itself(issuer: Issuer) -> None:
    async def run() -> None:
        async with httpx.AsyncClient(trust_env=False) as client:  # does not trust that authority
            jwks = Jwks(issuer.jwks_url, client)
            with pytest.raises(UnavailableError):
                await TokenVerifier(issuer.url, AUDIENCE, jwks).verify(issuer.token())
            with pytest.raises(ConfigurationError):
                Jwks(issuer.jwks_url.replace("https:", "http:"), client)
            for names in (("", AUDIENCE), (issuer.url, "")):
                with pytest.raises(ConfigurationError):
                    TokenVerifier(*names, jwks)

    asyncio.run(run())
    assert issuer.asked == 0
