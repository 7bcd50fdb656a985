"""The keys clients encrypt card data to: published, rotated, and used to open what comes in."""

from __future__ import annotations

import asyncio
import os
import secrets
from datetime import datetime, timedelta, timezone
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc.jwk import ECKey, RSAKey

from reference_impl.cards.model import CardInput
from reference_impl.client_encryption.envelope import FIELD, decrypt, read_content, read_header
from reference_impl.client_encryption.model import ALGORITHMS, ClientKey, KeyKind, KeyState
from reference_impl.client_encryption.store import ClientKeyStore
from reference_impl.clock import Clock, utc_now
from reference_impl.crypto import envelope
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import ConfigurationError, InvalidInputError
from reference_impl.secret import Secret

_RSA_BITS = 3072
_VERSION = 1
_CLOCKS_DIFFER = timedelta(seconds=60)


class ClientKeys:
    """Current, next and retiring keys.

    `window`: how old an envelope may be; `overlap`: how long a rotated key still opens, much longer than clients and
    caches keep the key set; `kind`: of new keys (older ones keep opening).
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
    ) -> None:
        self._store = store
        self._wrapper = wrapper
        self._clock = clock
        self._kind = kind
        self._window = window
        self._overlap = overlap
        self._private: dict[str, ECKey | RSAKey] = {}
        self._forget_at = clock() + window

    async def start(self) -> None:
        """Makes the first keys, where there are none."""
        if not await self._store.published():
            keys = [await asyncio.to_thread(self._make, state) for state in (KeyState.CURRENT, KeyState.NEXT)]
            await self._store.begin(keys)

    async def rotate(self) -> str:
        """Makes the next key the current one and returns its id. Of rotations at the same time only one happens."""
        current = (await self._published())[0].kid
        fresh = await asyncio.to_thread(self._make, KeyState.NEXT)
        now = self._clock()
        await self._store.rotate(current, fresh, now + self._overlap, now)
        self._private.clear()
        return (await self._published())[0].kid

    async def jwks(self) -> dict[str, Any]:
        """The key set (RFC 7517, 5). `current` names the key to use; the other one is coming and already opens."""
        keys = await self._published()
        return {"current": keys[0].kid, "keys": [key.public_jwk for key in keys]}

    async def open(self, jwe: str, tenant: str) -> CardInput:
        """The card in an envelope that was made for this tenant, a moment ago, and never opened before.

        Raises InvalidInputError, UnavailableError, and IntegrityError for a stored key that does not unwrap. Once this
        has returned the envelope is spent, whatever becomes of the card.
        """
        header = read_header(jwe)
        now = self._clock()
        key = await self._store.find(header.kid)
        if key is None or not key.opens(now):
            raise InvalidInputError(
                "the card was encrypted to a key that is not in use: fetch the key set again", FIELD
            )
        private = await self._private_key(key)
        content = read_content(await asyncio.to_thread(decrypt, jwe, header, key.kind, private))
        made = datetime.fromtimestamp(content.iat, timezone.utc)
        if content.tenant != tenant:
            raise InvalidInputError("the card was encrypted for somebody else", FIELD)
        if not now - self._window <= made <= now + _CLOCKS_DIFFER:
            raise InvalidInputError("the card was encrypted too long ago, or by a clock that is wrong", FIELD)
        card = content.card.card_input(now.date())
        if not await self._store.spend(key.kid, content.nonce, made + self._window + _CLOCKS_DIFFER):
            raise InvalidInputError("the encrypted card was used before", FIELD)
        await self._forget(now)
        return card

    async def _published(self) -> list[ClientKey]:
        keys = list(await self._store.published())
        if not keys:
            raise ConfigurationError("there are no client keys: start() makes them")
        return keys

    async def _forget(self, now: datetime) -> None:
        """Every few minutes: nonces that time answers for, and private keys in memory, which may have retired."""
        if now >= self._forget_at:
            self._forget_at = now + self._window
            self._private.clear()
            await self._store.forget(now)

    async def _private_key(self, key: ClientKey) -> ECKey | RSAKey:
        if key.kid not in self._private:
            self._private[key.kid] = await asyncio.to_thread(self._unwrap, key)
        return self._private[key.kid]

    def _make(self, state: KeyState) -> ClientKey:
        kid = secrets.token_urlsafe(16)
        public = {"kid": kid, "use": "enc", "alg": ALGORITHMS[self._kind][0]}
        pair = ECKey.generate_key("P-256") if self._kind == "EC" else RSAKey.generate_key(_RSA_BITS)
        seal_with = os.urandom(envelope.KEY_BYTES)
        sealed = envelope.seal(AESGCM(seal_with), _VERSION, pair.as_der(private=True), _place(kid))
        wrapped = self._wrapper.wrap(Secret(seal_with), _context(kid))
        jwk = {name: str(value) for name, value in pair.as_dict(private=False).items()} | public
        by = self._wrapper.wrapped_by(wrapped)
        return ClientKey(kid, self._kind, jwk, sealed, wrapped, by, self._clock(), None, state)

    def _unwrap(self, key: ClientKey) -> ECKey | RSAKey:
        opens_with = AESGCM(self._wrapper.unwrap(key.wrapped_key, _context(key.kid)).reveal())
        private = envelope.unseal(opens_with, key.wrapped_private, _place(key.kid))
        pair: ECKey | RSAKey = ECKey.import_key(private) if key.kind == "EC" else RSAKey.import_key(private)
        return pair


def _place(kid: str) -> envelope.Place:
    return envelope.Place("-", kid, "client_encryption")


def _context(kid: str) -> bytes:
    return b"client_encryption|" + kid.encode()
