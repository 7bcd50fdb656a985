"""A few wrapped keys in a JSON file, beside whatever else it says."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path

from reference_impl.crypto import key_file
from reference_impl.crypto.rewrappable import Place, Rewrapped, Wrapping
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.secret import Secret


class WrappedFile:
    """Implements `crypto.rewrappable.Rewrappable`. `contexts`: by a key's name in the file, what it is wrapped for."""

    def __init__(self, path: Path, wrapper: KeyWrapper, contexts: Mapping[str, bytes]) -> None:
        self._path, self._wrapper, self._contexts = path, wrapper, dict(sorted(contexts.items()))

    @property
    def name(self) -> str:
        """The file's."""
        return self._path.name

    def create(self, keys: Mapping[str, Secret[bytes]], other: Mapping[str, str]) -> None:
        """Raises ConfigurationError if there is one, UnavailableError."""
        wrapped = {name: _text(self._wrapper.wrap(key, self._contexts[name])) for name, key in keys.items()}
        with key_file.locked(self._path) as folder:
            key_file.write(self._path, _document({**wrapped, **other}), folder, replace=False)

    def unwrap(self, name: str) -> Secret[bytes]:
        """Raises ConfigurationError, UnavailableError, IntegrityError."""
        return self._wrapper.unwrap(b64decode(self._read()[name]), self._contexts[name])

    async def count_not_wrapped_by(self, key_id: str) -> int:
        """See `Rewrappable`."""
        return len(await self.not_wrapped_by(key_id, None, len(self._contexts)))

    async def not_wrapped_by(self, key_id: str, after: Place | None, most: int) -> Sequence[Wrapping]:
        """See `Rewrappable`; places are names."""
        held = await asyncio.to_thread(self._read)
        found: list[Wrapping] = []
        for name, context in self._contexts.items():
            wrapped = b64decode(held[name])
            by = self._wrapper.wrapped_by(wrapped)
            if by != key_id and (after is None or after < (name,)):
                found.append(Wrapping((name,), context, wrapped, by))
        return found[:most]

    async def rewrap(self, keys: Sequence[Rewrapped]) -> int:
        """See `Rewrappable`: the file is replaced as a whole."""
        return await asyncio.to_thread(self._rewrap, keys)

    def _rewrap(self, keys: Sequence[Rewrapped]) -> int:
        with key_file.locked(self._path) as folder:
            held, changed = self._read(), 0
            for (name,), was, wrapped, _ in keys:
                if self._wrapper.wrapped_by(b64decode(held[name])) == was:
                    held[name], changed = _text(wrapped), changed + 1
            if changed:
                key_file.write(self._path, _document(held), folder, replace=True)
        return changed

    def _read(self) -> dict[str, str]:
        content, _ = key_file.read(self._path)
        held: dict[str, str] = json.loads(content)
        return held


def _text(wrapped: bytes) -> str:
    return b64encode(wrapped).decode()


def _document(held: Mapping[str, str]) -> bytes:
    return json.dumps(held, indent=1).encode()
