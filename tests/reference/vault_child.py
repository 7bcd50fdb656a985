"""A service under load, to be killed: prints each token that was acknowledged, and the number of its card."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from pathlib import Path

from reference_impl.database import connect
from reference_impl.vault.service import Vault
from tests.reference.vault_doubles import NUMBERS, DerivedKeys, FileLog, caller, card

SECRET = b"shared by parent and child"


async def load(url: str, log: Path, start: int) -> None:
    vault = Vault(connect(url), DerivedKeys(SECRET), FileLog(log))
    numbers = itertools.count(start)

    async def ask() -> None:
        for number in numbers:
            one = card(NUMBERS[number % len(NUMBERS)], f"Holder {number}")
            stored = await vault.tokenize(caller(f"tenant {number % 3}"), one)
            os.write(1, f"{number} {stored.token}\n".encode())  # one write: it is whole, or not there

    await asyncio.gather(*(ask() for _ in range(32)))


if __name__ == "__main__":
    asyncio.run(load(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
