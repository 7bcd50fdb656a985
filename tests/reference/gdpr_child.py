"""Goes on with erasures, and is killed within one step: what it did is there, and nobody has noted it.

Arguments: the database, the folder with the store of keys, the step ("" for none), and the tenant's key-encryption key.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from reference_impl.gdpr.erasure import CACHES, KEY, LEFT, Erasures
from tests.reference.gdpr_parts import office
from tests.reference.memory_wrapper import MemoryWrapper


def die_in(step: str) -> None:
    """In a step of the database after its statements and before the commit; in others before they are noted."""
    note, count = Erasures._note, Erasures._count

    async def noting(self: Erasures, connection: Any, tenant: str, request: str, name: str) -> bool:
        if name == step and step in (CACHES, LEFT, KEY):
            os.kill(os.getpid(), signal.SIGKILL)
        return await note(self, connection, tenant, request, name)

    async def counting(self: Erasures, connection: Any, at: Any, *more: Any) -> None:
        if at[2] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        await count(self, connection, at, *more)

    Erasures._note, Erasures._count = noting, counting  # type: ignore[method-assign]


async def main(url: str, folder: str, step: str, secret: str) -> None:
    wrapper = MemoryWrapper(bytes.fromhex(secret))
    die_in(step)
    async with office(url, Path(folder), wrapper) as place:
        print(await place.requests.resume())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
