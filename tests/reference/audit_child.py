"""A process with an audit log, to be killed or starved: `audit_child.py MODE FOLDER KEY SIGNING_KEY`, keys in hex."""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import sys
from datetime import datetime, timezone
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.model import Event, Outcome
from reference_impl.errors import UnavailableError
from reference_impl.secret import Secret

AT = datetime(2026, 11, 22, tzinfo=timezone.utc)


def event(resource_name: str) -> Event:
    return Event("alice@example.com", "token.create", AT, Outcome.SUCCESS, "192.0.2.7", resource_name, "shop-1")


async def load(log: FileAuditLog) -> None:
    """Appends until it is killed; says on stdout what was acknowledged."""

    async def client(number: int) -> None:
        step = 0
        while True:
            name = f"{os.getpid()}/{number}/{step}"
            await log.append([event(name), event(name + "+")])
            os.write(1, f"{name}\n".encode())
            step += 1

    await asyncio.gather(*(client(number) for number in range(20)))


async def full(log: FileAuditLog, folder: Path) -> None:
    """Fills the disk (as far as this process may), three times, then goes on; says what was acknowledged."""
    step = 0
    for _ in range(3):
        used = max(path.stat().st_size for path in folder.glob("*.log"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (used + 5000, resource.RLIM_INFINITY))
        try:
            while True:
                await log.append([event(f"step/{step}")] * 3)
                os.write(1, f"step/{step}\n".encode())
                step += 1
        except UnavailableError as error:
            os.write(1, f"refused {error}\n".encode())
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        step += 1
        await log.append([event(f"step/{step}")] * 3)
        os.write(1, f"step/{step}\n".encode())
        step += 1


async def main(mode: str, folder: Path, key: bytes, signing_key: bytes) -> None:
    signer = Ed25519PrivateKey.from_private_bytes(signing_key)
    log = await FileAuditLog.open(folder, Secret(key), signer, segment_bytes=100_000)
    await (load(log) if mode == "load" else full(log, folder))
    await log.aclose()


if __name__ == "__main__":
    logging.basicConfig()
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), bytes.fromhex(sys.argv[3]), bytes.fromhex(sys.argv[4])))
