"""Who may read the log, what they get, and that it is recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI

from reference_impl.audit.anchor import AUDIT_HEADS, DatabaseAnchor
from reference_impl.audit.api import router
from reference_impl.audit.chain import segments_of
from reference_impl.audit.command import audit
from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.model import Filter, Outcome
from reference_impl.audit.service import AuditTrail, Reading
from reference_impl.auth.model import Caller, Permission, Principal
from reference_impl.database import connect, transaction
from reference_impl.errors import ForbiddenError, IntegrityError, UnavailableError
from tests.opa import free_port
from tests.reference.audit_log import KEY, PUBLIC_KEY, START, event, open_log, records, written

AUDITOR = Principal("olga@example.com", "shop-1", frozenset({"auditor"}), "session")
BY = Reading("olga@example.com", "192.0.2.9", "shop-1", "request-7")


def with_log(folder: Path, use: Callable[[FileAuditLog, AuditTrail], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        log = await open_log(folder, segment_bytes=2000, clock=lambda: START)
        try:
            return await use(log, AuditTrail(log, folder, KEY))
        finally:
            await log.aclose()

    return asyncio.run(run())


def test_reading_is_recorded_before_anything_is_shown(tmp_path: Path) -> None:
    async def use(log: FileAuditLog, trail: AuditTrail) -> None:
        await log.append([event(number) for number in range(20)])
        await trail.read(Filter(user="bob@example.com", since=START), BY)  # nobody looked at the result

    with_log(tmp_path / "log", use)
    read = [record.event for record in records(tmp_path / "log", Filter(action="audit.read"))]
    assert [(one.user, one.origin, one.tenant, one.request_id, one.outcome) for one in read] == [
        ("olga@example.com", "192.0.2.9", "shop-1", "request-7", Outcome.SUCCESS)
    ]
    assert read[0].resource == "audit_log?since=2026-11-22T12:00:00+00:00&user=bob@example.com&tenant=shop-1"


def test_nothing_is_shown_when_the_reading_cannot_be_recorded(tmp_path: Path) -> None:
    async def use(log: FileAuditLog, trail: AuditTrail) -> None:
        await log.aclose()
        with pytest.raises(UnavailableError):
            await trail.read(Filter(), BY)

    with_log(tmp_path / "log", use)


def test_a_tenant_sees_its_own_events_whatever_it_asks_for(tmp_path: Path) -> None:
    async def use(log: FileAuditLog, trail: AuditTrail) -> None:
        await log.append([event(n, tenant=f"shop-{n % 3}", reason='"tenant":"shop-1"') for n in range(30)])
        mine = list(await trail.read(Filter(tenant="shop-2"), BY))
        assert len(mine) == 10 and {record.event.tenant for record in mine} == {"shop-1"}
        assert {record.event.tenant for record in await trail.page(Filter(), BY, 100)} == {"shop-1"}
        operator = Reading("root", "local")
        assert len(list(await trail.read(Filter(tenant="shop-2"), operator))) == 10
        assert len(list(await trail.read(Filter(), operator))) == 1 + 30 + 3

    with_log(tmp_path / "log", use)


def test_what_was_changed_is_not_shown(tmp_path: Path) -> None:
    async def use(log: FileAuditLog, trail: AuditTrail) -> None:
        await log.append([event(number) for number in range(3)])
        segment = segments_of(tmp_path / "log")[0]
        segment.write_bytes(segment.read_bytes().replace(b"token/2", b"token/9"))
        with pytest.raises(IntegrityError):
            await trail.page(Filter(), BY, 10)

    with_log(tmp_path / "log", use)


def application(trail: AuditTrail, principal: Principal) -> httpx.AsyncClient:
    def require(permission: Permission) -> Callable[[], Caller]:
        def dependency() -> Caller:
            if not principal.may(permission):
                raise ForbiddenError("not allowed")
            return Caller(principal, "192.0.2.9", "request", False)

        return dependency

    app = FastAPI()
    app.include_router(router(trail, require))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://service.example")


def test_the_route_pages_through_the_events_of_the_tenant_newest_first(tmp_path: Path) -> None:
    async def use(log: FileAuditLog, trail: AuditTrail) -> None:
        await log.append([event(number, tenant=f"shop-{number % 2}") for number in range(50)])
        seen: list[dict[str, Any]] = []
        async with application(trail, AUDITOR) as client:
            parameters: dict[str, Any] = {"limit": 4, "action": "token.detokenize"}
            while True:
                page = (await client.get("/v1/audit", params=parameters)).raise_for_status().json()
                seen += page["events"]
                if page["next"] is None:
                    break
                parameters["before"] = page["next"]
        assert [one["resource"] for one in seen] == [f"token/{number}" for number in range(49, 0, -2)]
        assert seen[0]["at"] == "2026-11-22T12:00:49Z" and seen[0]["origin"] == "192.0.2.7"

    with_log(tmp_path / "log", use)
    assert len(records(tmp_path / "log", Filter(action="audit.read", user=AUDITOR.subject))) == 7


def test_the_route_takes_every_filter_and_no_other(tmp_path: Path) -> None:
    async def use(log: FileAuditLog, trail: AuditTrail) -> None:
        await log.append([event(number, user=f"u{number}@example.com") for number in range(5)])
        async with application(trail, AUDITOR) as client:

            async def numbers(**parameters: str) -> list[str]:
                answer = (await client.get("/v1/audit", params=parameters)).raise_for_status()
                return [one["resource"] for one in answer.json()["events"] if one["action"] == "token.detokenize"]

            assert await numbers(user="u3@example.com") == ["token/3"]
            assert await numbers(resource="token/2") == ["token/2"]
            period = {"since": "2026-11-22T12:00:01Z", "until": "2026-11-22T12:00:03Z"}
            assert await numbers(**period) == ["token/2", "token/1"]
            for bad in (
                {"since": "2026-11-22T12:00:01"},
                {"since": "3600"},
                {"limit": "501"},
                {"before": "0"},
                {"tenant": "shop-2"},
            ):
                assert (await client.get("/v1/audit", params=bad)).status_code == 422

    with_log(tmp_path / "log", use)


def test_the_route_is_open_to_auditors_only(tmp_path: Path) -> None:
    async def use(_: FileAuditLog, trail: AuditTrail) -> None:
        support = Principal("sam@example.com", "shop-1", frozenset({"support", "pci_access", "vault_admin"}), "session")
        async with application(trail, support) as client:
            with pytest.raises(ForbiddenError):
                await client.get("/v1/audit")

    with_log(tmp_path / "log", use)
    assert not records(tmp_path / "log", Filter(action="audit.read"))


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Of the command, for a log of seven records."""
    written(tmp_path / "log", [3, 4])
    (tmp_path / "key").write_text(KEY.reveal().hex() + "\n")
    (tmp_path / "public.pem").write_bytes(PUBLIC_KEY.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    paths = {"--folder": tmp_path / "log", "--key-file": tmp_path / "key", "--public-key": tmp_path / "public.pem"}
    return ["verify", *(str(part) for pair in paths.items() for part in pair)]


def run(arguments: list[str]) -> tuple[int, str]:
    done = CliRunner().invoke(audit, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output.strip()


def test_the_command_says_that_a_log_is_as_it_was_written(arguments: list[str]) -> None:
    assert run(arguments) == (0, "The audit log is as it was written: 7 records, the first is number 1.")


def test_the_command_says_which_record_was_changed(arguments: list[str], tmp_path: Path) -> None:
    segment = segments_of(tmp_path / "log")[0]
    segment.write_bytes(segment.read_bytes().replace(b"token/1", b"token/9"))
    assert run(arguments) == (1, f"The audit log was changed: record 2 ({segment.name}, line 3) was edited.")


@pytest.mark.parametrize("how", ["no option", "key not hex", "key not PEM", "another kind of key", "database"])
def test_the_command_is_used_wrongly(how: str, arguments: list[str], tmp_path: Path) -> None:
    if how == "no option":
        del arguments[-2:]
    elif how == "key not hex":
        (tmp_path / "key").write_text("not hex")
    elif how == "key not PEM":
        (tmp_path / "public.pem").write_text("not PEM")
    elif how == "another kind of key":
        other = X25519PrivateKey.generate().public_key()
        (tmp_path / "public.pem").write_bytes(other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    elif how == "database":
        arguments += ["--database-url", "mysql://"]
    status, output = run(arguments)
    assert status == 2 and output and KEY.reveal().hex() not in output


def test_the_command_cannot_read(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "key").unlink()
    assert run(arguments) == (3, f"Cannot be read: {tmp_path / 'key'}: No such file or directory")
    (tmp_path / "key").write_text(KEY.reveal().hex())
    assert run([*arguments, "--database-url", f"postgresql+asyncpg://payment@127.0.0.1:{free_port()}/payment"])[0] == 3
    arguments[2] = str(tmp_path / "nowhere")
    (tmp_path / "log").rename(tmp_path / "elsewhere")
    assert run(arguments)[0] == 3


def test_the_command_asks_the_anchor(arguments: list[str], tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"

    async def anchor() -> None:
        engine = connect(url)
        async with transaction(engine) as connection:
            await connection.run_sync(AUDIT_HEADS.create)
        await DatabaseAnchor(engine, "audit").publish(written(tmp_path / "longer", [3, 4, 1]))
        await engine.dispose()

    asyncio.run(anchor())
    status, output = run([*arguments, "--database-url", url])
    assert status == 1 and "record 8" in output and "cut off" in output
