"""What holds wrapped keys and has to be wrapped anew when the key-encryption key is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

Place = tuple[Any, ...]
"""Where a wrapped key is: what its table finds it by, or its name in a file. Holds nothing secret, and is ordered."""


class Wrapping(NamedTuple):
    """A wrapped key as it was read. `context`: what unwraps it besides the key-encryption key `wrapped_by`."""

    place: Place
    context: bytes
    wrapped: bytes
    wrapped_by: str


class Rewrapped(NamedTuple):
    """Its new wrapping, for as long as what is there is wrapped by `was`."""

    place: Place
    was: str
    wrapped: bytes
    wrapped_by: str


class Rewrappable(Protocol):
    """One such holder. Raises UnavailableError."""

    @property
    def name(self) -> str:
        """For reports, as `data_keys`."""
        ...

    async def count_not_wrapped_by(self, key_id: str) -> int:
        """How many keys another key-encryption key wraps."""
        ...

    async def not_wrapped_by(self, key_id: str, after: Place | None, most: int) -> Sequence[Wrapping]:
        """Some of them, in the order of their places, from behind `after`."""
        ...

    async def rewrap(self, keys: Sequence[Rewrapped]) -> int:
        """Puts them in place, all or none of the call; how many were changed.

        Not those that were deleted, replaced or re-wrapped by somebody else in the meantime.
        """
        ...
