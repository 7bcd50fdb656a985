"""Wrapped keys in a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Column, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.crypto.rewrappable import Place, Rewrapped, Wrapping
from reference_impl.database import transaction
from reference_impl.swap import Swap, in_turn


class WrappedRows:
    """Implements `crypto.rewrappable.Rewrappable`.

    `place`: the primary key; `context`: gives for its values what the key is wrapped for; `wrapped_by`: the id of the
    key-encryption key, empty in rows that hold no key (any more).
    """

    def __init__(
        self,
        engine: AsyncEngine,
        place: Sequence[Column[Any]],
        wrapped: Column[bytes],
        wrapped_by: Column[str],
        context: Callable[..., bytes],
    ) -> None:
        self._engine, self._place, self._context = engine, place, context
        self._wrapped, self._wrapped_by = wrapped, wrapped_by
        self._swap = Swap(place, [wrapped], same_where=[wrapped_by], same_new=[wrapped_by])

    @property
    def name(self) -> str:
        """The table's."""
        return str(self._wrapped.table)

    async def count_not_wrapped_by(self, key_id: str) -> int:
        """See `Rewrappable`."""
        query = select(func.count()).select_from(self._wrapped.table).where(self._wrapped_by.not_in((key_id, "")))
        async with transaction(self._engine) as connection:
            return int(await connection.scalar(query) or 0)

    async def not_wrapped_by(self, key_id: str, after: Place | None, most: int) -> Sequence[Wrapping]:
        """See `Rewrappable`."""
        query = select(*self._place, self._wrapped, self._wrapped_by).where(self._wrapped_by.not_in((key_id, "")))
        if after is not None:
            query = query.where(tuple_(*map(literal, after)) < tuple_(*self._place))
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(query.order_by(*self._place).limit(most))).all()
        context = self._context
        return [Wrapping(place, context(*place), wrapped, by) for *key, wrapped, by in rows for place in (tuple(key),)]

    async def rewrap(self, keys: Sequence[Rewrapped]) -> int:
        """See `Rewrappable`. One statement for all that were, and are, wrapped by the same: nearly always one."""
        alike: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for place, was, wrapped, wrapped_by in keys:
            alike[was, wrapped_by].append((*place, wrapped))
        changed = 0
        async with transaction(self._engine) as connection:
            await in_turn(connection)
            for (was, wrapped_by), rows in alike.items():
                same = {f"is_{self._wrapped_by.name}": was, f"becomes_{self._wrapped_by.name}": wrapped_by}
                changed += await self._swap(connection, rows, same)
        return changed
