"""The keys clients encrypt card data to: published, rotated, and used to open what comes in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from joserfc.jwk import ECKey, RSAKey

from reference_impl.cards.model import CardInput
from reference_impl.client_encryption.envelope import FIELD, decrypt, read_content, read_header
from reference_impl.client_encryption.model import ClientKey, KeyKind, KeyState
from reference_impl.client_encryption.pairs import KeyPairs
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import ConfigurationError, InvalidInputError, UnavailableError

CRYPTOPERIOD = timedelta(days=30)
"""How long a client key is the current one."""

_log = logging.getLogger(__name__)
_CLOCKS_DIFFER = timedelta(seconds=60)


class ClientKeys:
    """Current, next and retiring keys.

    `window`: how old an envelope may be, and how long keys stay in memory; `overlap`: how long a rotated key still
    opens, much longer than clients and caches keep the key set; `period`: how long a key is the current one (PCI DSS
    3.7.4), looked at when the service starts and every `window` while it is asked; `kind`: of new keys (older ones keep
    opening).
    """

    def __init__(
        self,
        store: ClientKeyStore,
        wrapper: KeyWrapper,
        clock: Clock = utc_now,
        *,
        kind: KeyKind = "EC",
        window: timedelta = timedelta(minutes=5),
        overlap: timedelta = timedelta(days=1),
        period: timedelta = CRYPTOPERIOD,
    ) -> None:
        if overlap < 4 * window:
            raise ConfigurationError("client keys overlap for much longer than an envelope may be old")
        self._store = store
        self._pairs = KeyPairs(wrapper)
        self._clock = clock
        self._kind = kind
        self._window = window
        self._overlap = overlap
        self._period = period
        self._set: Sequence[ClientKey] = ()
        self._opened: dict[str, tuple[ClientKey, ECKey | RSAKey]] = {}
        self._forget_at = clock() + window

    async def start(self) -> None:
        """Makes the first keys, where there are none, and replaces those that are due."""
        if not await self._store.published():
            await self._store.begin([await self._make(state) for state in (KeyState.CURRENT, KeyState.NEXT)])
        await self._rotate_if_due(self._clock())

    async def rotate(self) -> str:
        """Makes the next key the current one and returns its id. Of rotations at the same time only one happens."""
        current = (await self._published())[0].kid
        fresh, now = await self._make(KeyState.NEXT), self._clock()
        await self._store.rotate(current, fresh, now + self._overlap, now)
        self._let_go()
        return (await self._published())[0].kid

    async def jwks(self) -> dict[str, Any]:
        """The key set (RFC 7517, 5). `current` names the key to use; the other one is coming and already opens."""
        await self._forget(self._clock())
        self._set = self._set or await self._published()
        return {"current": self._set[0].kid, "keys": [key.public_jwk for key in self._set]}

    async def open(self, jwe: str, tenant: str) -> CardInput:
        """The card in an envelope that was made for this tenant, a moment ago, and never opened before.

        Raises InvalidInputError, UnavailableError, and IntegrityError for a stored key that does not unwrap. Once this
        has returned the envelope is spent, whatever becomes of the card.
        """
        header = read_header(jwe)
        now = self._clock()
        await self._forget(now)
        key, private = await self._key(header.kid, now)
        content = read_content(await asyncio.to_thread(decrypt, jwe, header, key.kind, private))
        made = datetime.fromtimestamp(content.iat, timezone.utc)
        if content.tenant != tenant:
            raise InvalidInputError("the card was encrypted for somebody else", FIELD)
        if not now - self._window <= made <= now + _CLOCKS_DIFFER:
            raise InvalidInputError("the card was encrypted too long ago, or by a clock that is wrong", FIELD)
        card = content.card.card_input(now.date())
        if not await self._store.spend(key.kid, content.nonce, made + self._window + _CLOCKS_DIFFER):
            raise InvalidInputError("the encrypted card was used before", FIELD)
        return card

    async def _key(self, kid: str, now: datetime) -> tuple[ClientKey, ECKey | RSAKey]:
        """By its id and no other way. What is in memory may not know of a rotation for minutes, which overlap bears."""
        if kid not in self._opened and (found := await self._store.find(kid)) is not None:
            self._opened[kid] = (found, await asyncio.to_thread(self._pairs.private, found))
        known = self._opened.get(kid)
        if known is None or not known[0].opens(now):
            words = "the card was encrypted to a key that is not in use: fetch the key set again"
            raise InvalidInputError(words, FIELD)
        return known

    async def _make(self, state: KeyState) -> ClientKey:
        return await asyncio.to_thread(self._pairs.make, self._kind, state, self._clock())

    async def _published(self) -> Sequence[ClientKey]:
        keys = await self._store.published()
        if not keys:
            raise ConfigurationError("there are no client keys: start() makes them")
        return keys

    async def _forget(self, now: datetime) -> None:
        """Every few minutes: nonces that time answers for, and keys in memory, which may have retired."""
        if now >= self._forget_at:
            self._forget_at = now + self._window
            self._let_go()
            await self._store.forget(now)
            try:
                await self._rotate_if_due(now)
            except UnavailableError:  # of the key provider: the keys there are go on, until it answers
                _log.warning("client keys are due to be replaced, and cannot be now")

    async def _rotate_if_due(self, now: datetime) -> None:
        """The next key is made at the moment when the current one becomes current, and so tells for how long it is."""
        if now - (await self._published())[-1].created_at >= self._period:
            await self.rotate()

    def _let_go(self) -> None:
        self._set = ()
        self._opened.clear()
