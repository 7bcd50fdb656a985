"""Vaults on databases that come and go, and what must hold of them afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.database import connect, transaction
from reference_impl.errors import IntegrityError, UnavailableError
from reference_impl.vault.model import Purpose
from reference_impl.vault.service import Vault
from reference_impl.vault.store import FINGERPRINTS, TOKENS
from tests.reference.memory_log import MemoryLog
from tests.reference.vault_child import SECRET
from tests.reference.vault_doubles import NUMBERS, DerivedKeys, caller, plain

T = TypeVar("T")


@asynccontextmanager
async def vault_on(url: str, secret: bytes = SECRET) -> AsyncIterator[tuple[Vault, AsyncEngine, MemoryLog]]:
    engine, log = connect(url), MemoryLog()
    yield Vault(engine, DerivedKeys(secret), log), engine, log
    await engine.dispose()


async def recovered(call: Callable[[], Awaitable[T]]) -> T:
    """Its answer, once there is one."""

    async def ask() -> T:
        while True:
            with suppress(UnavailableError):
                return await call()
            await asyncio.sleep(0.05)

    return await asyncio.wait_for(ask(), 60)


async def check_all(url: str, acknowledged: dict[str, int], recorded: set[str] | None = None) -> int:
    """Every acknowledged card is there, and every card that is there is whole. How many there are."""
    async with vault_on(url) as (vault, engine, _):
        async with transaction(engine) as connection:
            rows = (await connection.execute(select(TOKENS))).all()
            marks = (await connection.execute(select(FINGERPRINTS))).all()
        names = {(row.tenant, row.token) for row in rows}
        assert set(acknowledged) <= {row.token for row in rows}
        assert {(mark.tenant, mark.token) for mark in marks} <= names
        assert recorded is None or {row.token for row in rows} <= recorded
        opened = await asyncio.gather(
            *(vault.detokenize(caller(row.tenant), row.token, Purpose.REFUND) for row in rows)
        )
        for row, one in zip(rows, opened, strict=True):
            number, _, _, holder = plain(one)
            assert number.endswith(row.last_four)
            if row.token in acknowledged:
                n = acknowledged[row.token]
                assert (number, holder, row.tenant) == (NUMBERS[n % 5], f"Holder {n}", f"tenant {n % 3}")
        return len(rows)


async def refused(vault: Vault, log: MemoryLog, tenant: str, token: str) -> None:
    """It does not open, that is recorded, and the error says nothing."""
    for call in (vault.detokenize, vault.charge_card):
        with pytest.raises(IntegrityError) as caught:
            await call(caller(tenant), token, Purpose.REFUND)
        assert log.last[1:] == ("failure", token, "integrity_error")
        said = repr(caught.value) + str(caught.value.__cause__)
        assert not any(number in said for number in NUMBERS)
        assert "Lovelace" not in said
