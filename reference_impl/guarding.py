"""Where statements pass on their way to the database: SQLAlchemy's and those of PostgreSQL's driver itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import await_only


class Guard(Protocol):
    """Says which statements may run."""

    def passes(self, text: str, dialect: str, values: Sequence[Any]) -> bool:
        """True: it may. False: `check` knows."""
        ...

    async def check(self, text: str, dialect: str, values: Sequence[Any]) -> None:
        """Raises a ServiceError: it may not."""
        ...


_GUARDS: WeakKeyDictionary[Any, Guard] = WeakKeyDictionary()
"""Of the driver's connections."""


def guard(engine: AsyncEngine, by: Guard) -> None:
    """From now on. Connections made before are the engine's business: none should be there."""
    dialect = engine.dialect.name

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def before(_: Connection, __: Any, text: str, parameters: Any, ___: Any, ____: bool) -> None:
        # A list: many times. A tuple: once, also where SQLAlchemy made one statement of many rows.
        for values in parameters if isinstance(parameters, list) else [parameters]:
            given = tuple(values.values()) if isinstance(values, dict) else tuple(values or ())
            if not by.passes(text, dialect, given):
                await_only(by.check(text, dialect, given))

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        if dialect == "postgresql":
            _GUARDS[connection.driver_connection] = by


async def passed(connection: Any, text: str, values: Sequence[Any]) -> None:
    """Before the driver itself runs a statement. Raises what `Guard.check` raises."""
    if (by := _GUARDS.get(connection)) is not None and not by.passes(text, "postgresql", values):
        await by.check(text, "postgresql", values)
