"""Access tokens that were verified before: faster, and no less refused."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta, timezone
from typing import Any
from unittest.mock import patch

import pytest
from joserfc import jws
from joserfc.jwk import Key

from reference_impl.auth import tokens
from reference_impl.auth.jwks import Jwks, PublicKey, read_key
from reference_impl.auth.tokens import TokenVerifier
from reference_impl.errors import NotAuthenticatedError
from tests.reference.issuer import AUDIENCE, Issuer, new_key
from tests.reference.verifying import Time, issuer, shared_issuer, with_keys

__all__ = ["issuer", "shared_issuer"]
pytestmark = pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")


class Published:
    """Keys of an issuer, as they are now."""

    def __init__(self, *keys: Key) -> None:
        self.publish(*keys)

    def publish(self, *keys: Key) -> None:
        """These, and no others, as if they were fetched anew."""
        self._keys = dict(filter(None, (read_key(key.as_dict(private=False)) for key in keys)))

    async def key(self, kid: str, alg: str) -> PublicKey | None:
        return self._keys.get((kid, alg))


class Here:
    """A verifier with a clock and keys of its own, and a count of the signatures it looked at."""

    def __init__(self, issuer: Issuer) -> None:
        self.now = datetime.now(timezone.utc)
        self.published = Published(*issuer.keys)
        self.verifier = TokenVerifier(issuer.url, AUDIENCE, self.published, lambda: self.now)

    def verify(self, *given: str) -> int:
        """How many signatures were verified for it. Raises NotAuthenticatedError."""

        async def run() -> None:
            for token in given:
                await self.verifier.verify(token)

        with patch.object(jws, "validate_compact", wraps=jws.validate_compact) as validate:
            asyncio.run(run())
        return validate.call_count


@pytest.fixture
def here(issuer: Issuer) -> Here:
    return Here(issuer)


def test_a_signature_is_verified_once(issuer: Issuer, here: Here) -> None:
    one, other = issuer.token(), issuer.token(sub="bob")
    assert here.verify(one, other, one, other, one) == 2


def test_its_end_is_still_its_end(issuer: Issuer, here: Here) -> None:
    token = issuer.token()
    here.verify(token)
    here.now += timedelta(seconds=629)
    assert here.verify(token) == 0
    here.now += timedelta(seconds=2)
    for _ in range(2):
        with pytest.raises(NotAuthenticatedError):
            here.verify(token)


def test_its_beginning_is_still_its_beginning(issuer: Issuer, here: Here) -> None:
    token = issuer.token(nbf=int(time.time()) + 300)
    with pytest.raises(NotAuthenticatedError):
        here.verify(token)
    here.now += timedelta(seconds=300)
    assert here.verify(token) == 0
    here.now -= timedelta(seconds=300)
    with pytest.raises(NotAuthenticatedError):
        here.verify(token)


def test_its_key_must_still_be_published(issuer: Issuer, here: Here) -> None:
    token, key = issuer.token(), issuer.keys[0]
    here.verify(token)
    here.published.publish(new_key())
    with pytest.raises(NotAuthenticatedError):
        here.verify(token)
    here.published.publish(key)
    assert here.verify(token, token) == 1


def test_another_key_of_the_same_name_is_another_key(issuer: Issuer, here: Here) -> None:
    token, key = issuer.token(), issuer.keys[0]
    here.verify(token)
    impostor = new_key()
    here.published.publish(type(impostor).import_key(impostor.as_dict(private=True) | {"kid": key.kid}))
    with pytest.raises(NotAuthenticatedError):
        here.verify(token)


def test_a_withdrawn_key_is_noticed_when_the_keys_are_fetched(issuer: Issuer) -> None:
    token, now = issuer.token(), Time()

    async def use(verifier: TokenVerifier, jwks: Jwks) -> None:
        await verifier.verify(token)
        issuer.rotate(keep=False)
        now.seconds += 301
        await verifier.verify(token)  # begins the fetch, beside the request
        assert jwks._fetching is not None
        await jwks._fetching
        with pytest.raises(NotAuthenticatedError):
            await verifier.verify(token)

    with_keys(issuer, use, now)


def test_what_is_remembered_is_neither_the_token_nor_without_end(
    issuer: Issuer, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "_REMEMBERED", 3)
    given = [issuer.token(sub=f"person{number}") for number in range(5)]
    assert here.verify(*given) == 5
    kept = here.verifier._verified
    assert len(kept) == 3 and all(isinstance(name, bytes) and len(name) == 32 for name in kept)
    assert not any(token.encode() in repr(kept).encode() for token in given)
    assert here.verify(given[4], given[3], given[2]) == 0
    assert here.verify(given[0]) == 1


@pytest.mark.parametrize("changed", [{"aud": "another"}, {"roles": [1]}, {"exp": 10**12}, {"sub": ""}])
def test_what_is_refused_is_not_remembered(issuer: Issuer, here: Here, changed: dict[str, Any]) -> None:
    with pytest.raises(NotAuthenticatedError):
        here.verify(issuer.token(**changed))
    assert not here.verifier._verified


def test_nobody_can_change_what_is_remembered(issuer: Issuer, here: Here) -> None:
    here.verify(issuer.token())
    [known] = here.verifier._verified.values()
    with pytest.raises(AttributeError):
        known.principal.tenant = "another"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        known.ends = 2**60  # type: ignore[misc]
    assert isinstance(known.principal.roles, frozenset)
