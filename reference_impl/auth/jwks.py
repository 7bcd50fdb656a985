"""The issuer's public keys: fetched, cached, refreshed in the background, kept for a while when the issuer is away."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from reference_impl.errors import ConfigurationError, UnavailableError

_log = logging.getLogger(__name__)

PublicKey = OKPKey | ECKey | RSAKey
KeyId = tuple[str, str]
"""`kid` and `alg`: a key verifies the one algorithm it is for, whatever a token says."""

FRESH_SECONDS = 300.0
"""After this the keys are fetched anew, beside the requests: how long a key the issuer withdrew is still believed."""
USABLE_SECONDS = 3600.0
"""After this they are not used any more: how long the issuer may be away."""
AGAIN_SECONDS = 5.0
"""The issuer is asked at most this often, whatever key ids are sent here."""
_ANSWER_SECONDS = 5.0
_MAX_BYTES = 256 * 1024
_MIN_RSA_BITS = 2048
_CURVES = {"P-256": "ES256", "Ed25519": "EdDSA"}


def issuer_client() -> httpx.AsyncClient:
    """Verifies certificates, follows no redirect and heeds no proxy of the environment."""
    return httpx.AsyncClient(timeout=_ANSWER_SECONDS, follow_redirects=False, trust_env=False)


class Jwks:
    """The keys behind one https address (RFC 7517). `client`: verifies certificates; it is not closed here.

    `now`: seconds on a clock that is never set back.
    """

    def __init__(self, url: str, client: httpx.AsyncClient, now: Callable[[], float] = time.monotonic) -> None:
        """Raises ConfigurationError for an address that is not https."""
        if urlsplit(url).scheme != "https":
            raise ConfigurationError("jwks_url: keys that decide who may are fetched over https")
        self._url, self._client, self._now = url, client, now
        self._keys: dict[KeyId, PublicKey] = {}
        self._fetched = self._asked = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    async def key(self, kid: str, alg: str) -> PublicKey | None:
        """None: the issuer has no such key. Raises UnavailableError: it is away, and what is known is too old."""
        age = self._now() - self._fetched
        known = self._keys.get((kid, alg)) if age <= USABLE_SECONDS else None
        if known is not None:
            if age > FRESH_SECONDS:
                self._fetch()
            return known
        if fetching := self._fetch():
            await asyncio.shield(fetching)
        if self._now() - self._fetched > USABLE_SECONDS:
            raise UnavailableError("the issuer's keys cannot be fetched")
        return self._keys.get((kid, alg))

    async def aclose(self) -> None:
        """Ends a refresh that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])

    def _fetch(self) -> asyncio.Task[None] | None:
        """The one fetch that is under way, begun here unless the last was a moment ago."""
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        if self._now() - self._asked < AGAIN_SECONDS:
            return None
        self._asked = self._now()
        self._fetching = asyncio.create_task(self._replace())
        return self._fetching

    async def _replace(self) -> None:
        """All keys by the issuer's answer; anything but a good answer leaves them as they are."""
        try:
            document = await asyncio.wait_for(self._load(), _ANSWER_SECONDS)
            entries = document["keys"]
            if not isinstance(entries, list):
                raise TypeError
        except (httpx.HTTPError, asyncio.TimeoutError, ValueError, KeyError, TypeError, RecursionError) as error:
            _log.warning("jwks_fetch_failed", extra={"error": type(error).__name__})
            return
        self._keys = {found[0]: found[1] for entry in entries if (found := read_key(entry)) is not None}
        self._fetched = self._now()

    async def _load(self) -> Any:
        async with self._client.stream("GET", self._url, follow_redirects=False) as response:
            if response.status_code != httpx.codes.OK:
                raise ValueError("status")
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _MAX_BYTES:
                    raise ValueError("size")
        return json.loads(bytes(body))


def read_key(entry: object) -> tuple[KeyId, PublicKey] | None:
    """A public key for signatures: Ed25519, P-256, or RSA of at least 2048 bits (PCI DSS v4.0.1, strong cryptography).

    None for every other one: a set may hold keys for encryption, and weak or secret keys, which are not used.
    """
    if not isinstance(entry, Mapping) or not isinstance(kid := entry.get("kid"), str) or not kid:
        return None
    if entry.get("use", "sig") != "sig" or "d" in entry or "k" in entry:
        return None
    parameters = {name: value for name, value in entry.items() if name != "alg"}  # it is half of the key id
    try:
        if entry.get("kty") == "RSA":
            alg, key = "PS256", RSAKey.import_key(parameters)
            if key.public_key.key_size < _MIN_RSA_BITS:
                return None
        elif entry.get("kty") in ("EC", "OKP") and entry.get("crv") in _CURVES:
            alg = _CURVES[entry["crv"]]
            key = ECKey.import_key(parameters) if alg == "ES256" else OKPKey.import_key(parameters)
        else:
            return None
    except (JoseError, ValueError, TypeError):
        return None
    named = "EdDSA" if (stated := entry.get("alg", alg)) == "Ed25519" else stated
    return ((kid, alg), key) if named == alg else None
