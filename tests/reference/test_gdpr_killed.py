"""An erasure killed (SIGKILL) within every one of its steps, one process after the other: it ends, once, for one."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import select

from reference_impl.database import transaction
from reference_impl.gdpr.model import RequestKind, RequestState
from reference_impl.gdpr.store import STEPS
from tests.reference.gdpr_parts import Office, office, rows, verified, who
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.test_gdpr_erasure import canaries, only_the_canary_changed, populated, the_report

ROOT = Path(__file__).resolve().parent.parent.parent


def child(url: str, folder: Path, step: str, secret: bytes) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.reference.gdpr_child", url, str(folder), step, secret.hex()]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


async def noted(place: Office) -> list[str]:
    async with transaction(place.engine) as connection:
        return list(await connection.scalars(select(STEPS.c.step)))


def test_killed_within_every_step_it_goes_on(database_url: str, tmp_path: Path) -> None:
    secret = os.urandom(32)

    async def begin() -> tuple[str, str, Any, list[str]]:
        async with office(database_url, tmp_path, MemoryWrapper(secret)) as place:
            subject = await populated(place)
            name = await verified(place, RequestKind.ERASURE, "canary")
            before = await rows(place.engine)
            request = await place.requests.find(who(), name)
            assert await place.store.change(request, RequestState.VERIFIED, state=RequestState.RUNNING.value)
            return subject, name, before, list(place.erasures.steps)

    async def after(step: str, done: list[str]) -> None:
        async with office(database_url, tmp_path, MemoryWrapper(secret)) as place:
            assert sorted(await noted(place)) == sorted(done), f"killed in {step}"

    async def end(subject: str, name: str, before: Any) -> None:
        async with office(database_url, tmp_path, MemoryWrapper(secret)) as place:
            found, request = await rows(place.engine), await place.requests.find(who(), name)
            assert request.state is RequestState.FULFILLED and request.closed_at
            only_the_canary_changed(place, before, found, subject)
            assert canaries(place, found) == []
            assert await place.subjects.customer("m1", subject) is None
            the_report(place, request.outcome)
            assert await place.requests.resume() == 0

    subject, name, before, steps = asyncio.run(begin())
    assert len(steps) == 23
    for number, step in enumerate(steps):
        killed = child(database_url, tmp_path, step, secret)
        assert killed.returncode == -signal.SIGKILL, (step, killed.stderr[-2000:])
        asyncio.run(after(step, steps[:number]))
    last = child(database_url, tmp_path, "", secret)
    assert (last.returncode, last.stdout) == (0, "1\n"), last.stderr[-2000:]
    asyncio.run(end(subject, name, before))
