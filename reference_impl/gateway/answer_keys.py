"""Our keys for the gateway's answers: P-256 pairs in a file of the data folder, each private half wrapped.

The gateway gets the public halves as a JWK set (RFC 7517). For a rotation a second pair is added; once the gateway
encrypts to that one, the first is retired. A private half is the number `d` of RFC 7518, 6.2.2.1: 32 bytes.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey
from joserfc.util import to_bytes, urlsafe_b64decode, urlsafe_b64encode

from reference_impl.crypto import key_file
from reference_impl.crypto.rewrappable import Place, Rewrapped, Wrapping
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import ConfigurationError, NotFoundError
from reference_impl.secret import Secret

_WRAPPED = "wrapped"


class AnswerKeys:
    """The pairs of one file. Methods may wait for the key provider.

    Every method raises ConfigurationError for a file that is damaged or that others may read.
    """

    def __init__(self, file: Path) -> None:
        """A file that is not there holds no pair."""
        self._file = file

    def add(self, wrapper: KeyWrapper) -> str:
        """Makes a pair and gives its id. Raises UnavailableError."""
        pair = ECKey.generate_key("P-256").as_dict(private=True)
        kid = secrets.token_urlsafe(16)
        private = Secret(urlsafe_b64decode(to_bytes(pair.pop("d"))))
        wrapped = b64encode(wrapper.wrap(private, _context(kid))).decode()
        public = {name: str(pair[name]) for name in ("kty", "crv", "x", "y")}
        with key_file.locked(self._file) as folder:
            kept = [*self._read(), {**public, "kid": kid, "use": "enc", "alg": "ECDH-ES", _WRAPPED: wrapped}]
            self._write(kept, folder)
        return kid

    def retire(self, kid: str) -> None:
        """Forgets a pair: answers encrypted to it no longer open. Raises NotFoundError."""
        with key_file.locked(self._file) as folder:
            before = self._read()
            kept = [one for one in before if one["kid"] != kid]
            if len(kept) == len(before):
                raise NotFoundError("there is no such key")
            self._write(kept, folder)

    def public(self) -> dict[str, Any]:
        """The JWK set for the gateway."""
        return {"keys": [{name: one[name] for name in one if name != _WRAPPED} for one in self._read()]}

    def private(self, wrapper: KeyWrapper) -> dict[str, Any]:
        """The JWK set with the private halves. Raises UnavailableError, and IntegrityError for changed pairs."""
        return {"keys": [_opened(one, wrapper) for one in self._read()]}

    def wrappings(self, wrapper: KeyWrapper) -> WrappedAnswerKeys:
        """For whoever wraps all keys anew."""
        return WrappedAnswerKeys(self, wrapper)

    def wrapped(self) -> dict[str, bytes]:
        """The private halves as they are in the file, by key id."""
        return {one["kid"]: b64decode(one[_WRAPPED]) for one in self._read()}

    def rewrap(self, keys: Sequence[Rewrapped], wrapper: KeyWrapper) -> int:
        """See `Rewrappable`: the file is replaced as a whole."""
        new = {key.place: key for key in keys}
        with key_file.locked(self._file) as folder:
            pairs, changed = self._read(), 0
            for pair in pairs:
                key = new.get((pair["kid"],))
                if key and wrapper.wrapped_by(b64decode(pair[_WRAPPED])) == key.was:
                    pair[_WRAPPED], changed = b64encode(key.wrapped).decode(), changed + 1
            if changed:
                self._write(pairs, folder)
        return changed

    def _read(self) -> list[dict[str, str]]:
        if not self._file.exists():
            return []
        content, _ = key_file.read(self._file)
        try:
            pairs = json.loads(content)["keys"]
            return [{name: str(one[name]) for name in _MEMBERS} for one in pairs]
        except (ValueError, KeyError, TypeError):
            raise ConfigurationError("the file of the gateway's answer keys is damaged") from None

    def _write(self, pairs: list[dict[str, str]], folder: int) -> None:
        key_file.write(self._file, json.dumps({"keys": pairs}, indent=1).encode(), folder, replace=True)


class WrappedAnswerKeys:
    """Implements `crypto.rewrappable.Rewrappable`; places are key ids."""

    name = "gateway_answer_keys"

    def __init__(self, keys: AnswerKeys, wrapper: KeyWrapper) -> None:
        self._keys, self._wrapper = keys, wrapper

    async def count_not_wrapped_by(self, key_id: str) -> int:
        """See `Rewrappable`."""
        return len(await self._others(key_id))

    async def not_wrapped_by(self, key_id: str, after: Place | None, most: int) -> Sequence[Wrapping]:
        """See `Rewrappable`."""
        found = sorted(await self._others(key_id))
        return [one for one in found if after is None or after < one.place][:most]

    async def rewrap(self, keys: Sequence[Rewrapped]) -> int:
        """See `Rewrappable`."""
        return await asyncio.to_thread(self._keys.rewrap, keys, self._wrapper)

    async def _others(self, key_id: str) -> list[Wrapping]:
        held = await asyncio.to_thread(self._keys.wrapped)
        found = [Wrapping((kid,), _context(kid), one, self._wrapper.wrapped_by(one)) for kid, one in held.items()]
        return [one for one in found if one.wrapped_by != key_id]


_MEMBERS = ("kty", "crv", "x", "y", "kid", "use", "alg", _WRAPPED)


def _opened(pair: dict[str, str], wrapper: KeyWrapper) -> dict[str, str]:
    private = wrapper.unwrap(b64decode(pair[_WRAPPED]), _context(pair["kid"]))
    public = {name: value for name, value in pair.items() if name != _WRAPPED}
    return public | {"d": urlsafe_b64encode(private.reveal()).decode()}


def _context(kid: str) -> bytes:
    return b"gateway_answers|" + kid.encode()
