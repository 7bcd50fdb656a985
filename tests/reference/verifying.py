"""Access tokens of a running issuer, verified as the service does it, and a clock for its keys."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from reference_impl.auth.jwks import Jwks
from reference_impl.auth.model import Principal
from reference_impl.auth.tokens import TokenVerifier
from reference_impl.errors import NotAuthenticatedError
from tests.reference.issuer import AUDIENCE, Issuer, new_key, running_issuer


@pytest.fixture
def issuer(shared_issuer: Issuer) -> Issuer:
    """Fresh keys behind the one server."""
    shared_issuer.keys, shared_issuer.extra = [new_key()], []
    shared_issuer.asked, shared_issuer.status, shared_issuer.body = 0, 200, None
    return shared_issuer


@pytest.fixture(scope="session")
def shared_issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issuer]:
    with running_issuer(tmp_path_factory.mktemp("issuer")) as issuer:
        yield issuer


class Time:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def with_keys(issuer: Issuer, use: Callable[[TokenVerifier, Jwks], Awaitable[Any]], now: Time | None = None) -> Any:
    async def run() -> Any:
        async with issuer.client() as client:
            jwks = Jwks(issuer.jwks_url, client, now or time.monotonic)
            try:
                return await use(TokenVerifier(issuer.url, AUDIENCE, jwks), jwks)
            finally:
                await jwks.aclose()

    return asyncio.run(run())


def verified(issuer: Issuer, token: str) -> Principal:
    principal: Principal = with_keys(issuer, lambda verifier, _: verifier.verify(token))
    return principal


def refused(issuer: Issuer, token: str) -> None:
    with pytest.raises(NotAuthenticatedError) as caught:
        verified(issuer, token)
    assert str(caught.value) == "the access token is not valid"
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
