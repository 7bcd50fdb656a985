"""The service of client keys with its database and a clock that is set, and the envelopes made for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from reference_impl.cards.model import CardInput
from reference_impl.client_encryption.service import ClientKeys
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.database import METADATA, connect
from reference_impl.errors import InvalidInputError
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.sealing import content, seal


class Time:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


class Here:
    """A service with its database, its keys and its clock."""

    def __init__(self, url: str, kind: Any = "EC") -> None:
        self.url, self.kind = url, kind
        self.time, self.wrapper = Time(), MemoryWrapper()
        self.engine = connect(url)
        self.store = ClientKeyStore(self.engine)
        self.keys = self.another()

    def another(self) -> ClientKeys:
        """As another process has it."""
        return ClientKeys(self.store, self.wrapper, self.time, kind=self.kind)

    def content(self, **changes: Any) -> dict[str, Any]:
        return content(int(self.time.now.timestamp()), **changes)

    async def envelope(self, content: Any = None, *, kid: str = "", key: Any = None, **header: Any) -> str:
        jwks = await self.keys.jwks()
        jwk = next(one for one in jwks["keys"] if one["kid"] == (kid or jwks["current"]))
        protected = {"alg": jwk["alg"], "enc": "A256GCM", "kid": jwk["kid"]} | header
        return seal(protected, content or self.content(), key or jwk)


def run(url: str, test: Callable[[Here], Awaitable[None]], kind: str = "EC") -> None:
    """With tables and first keys."""

    async def main() -> None:
        here = Here(url, kind)
        try:
            async with here.engine.begin() as connection:
                await connection.run_sync(METADATA.create_all)
            await here.keys.start()
            await test(here)
        finally:
            await here.engine.dispose()

    asyncio.run(main())


def assert_card(card: CardInput) -> None:
    assert card.card.number.reveal() == "4111111111111111"
    assert (card.card.expiry.month, card.card.expiry.year) == (12, 2030)
    assert card.code is not None and card.code.reveal() == "737"


async def refused(here: Here, envelope: str, words: str | None = None, tenant: str = "m1") -> InvalidInputError:
    with pytest.raises(InvalidInputError, match=words) as caught:
        await here.keys.open(envelope, tenant)
    shown = f"{caught.value!r}{caught.value.field}{caught.value.__cause__!r}"
    assert "4111" not in shown and "737" not in shown
    return caught.value
