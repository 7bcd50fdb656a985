"""Second factors: enrolment, codes that count once, lock-outs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pyotp
import pytest
from sqlalchemy import select, update

from reference_impl import redis_client
from reference_impl.auth.model import Caller, Principal
from reference_impl.auth.stepup import LOCK_SECONDS, STEPPED_UP_SECONDS, WRONG_CODES, StepUp
from reference_impl.auth.store import STEP_UP, TOTP, Enrolled, TotpStore
from reference_impl.auth.watch import FAILURES, FailedSignIns
from reference_impl.database import METADATA, connect
from reference_impl.errors import ConflictError, IntegrityError, StepUpRequiredError, UnavailableError
from reference_impl.keys.rewrapping import Rewrapping
from reference_impl.limits import redis
from reference_impl.limits.memory import MemoryLimits
from reference_impl.limits.model import Lockouts
from tests.opa import free_port
from tests.reference.memory_log import MemoryLog
from tests.reference.memory_wrapper import MemoryWrapper

ALICE = Caller(Principal("alice", "shop", frozenset({"pci_access"}), "session-1"), "192.0.2.1", "r1", False)


class World:
    """One service over one database, at a time of its own."""

    def __init__(self, engine: Any, lockouts: Lockouts | None = None) -> None:
        self.now = datetime(2026, 11, 22, 12, 0, 0, tzinfo=timezone.utc)
        self.engine, self.audit, self.wrapper = engine, MemoryLog(), MemoryWrapper()
        self.lockouts = lockouts or MemoryLimits(self.seconds)
        self.service = self.instance(self.lockouts)
        self.totp: dict[Caller, pyotp.TOTP] = {}

    def instance(self, lockouts: Lockouts) -> StepUp:
        failures = FailedSignIns(MemoryLimits(self.seconds))
        store = TotpStore(self.engine)
        return StepUp(store, self.wrapper, lockouts, audit=self.audit, failures=failures, clock=lambda: self.now)

    def seconds(self) -> float:
        return self.now.timestamp()

    def later(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    async def enrol(self, caller: Caller = ALICE) -> None:
        """Enrolled and confirmed, and a step later."""
        uri = (await self.service.enrol(caller, "payment-service")).uri.reveal()
        parsed = pyotp.parse_uri(uri)
        assert isinstance(parsed, pyotp.TOTP)
        self.totp[caller] = parsed
        await self.service.step_up(caller, self.code(caller))
        self.later(30)

    def code(self, caller: Caller = ALICE, steps: int = 0) -> str:
        return self.totp[caller].at(self.now + timedelta(seconds=30 * steps))

    def wrong(self, caller: Caller = ALICE) -> str:
        right = {self.code(caller, steps) for steps in (-1, 0, 1)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in right)

    async def refused(self, code: str, caller: Caller = ALICE) -> str:
        """The reason the audit log gives; the caller is always told the same."""
        with pytest.raises(StepUpRequiredError) as caught:
            await self.service.step_up(caller, code)
        assert str(caught.value) == "the code was not accepted"
        return self.audit.events[-1].reason


def run(url: str, use: Callable[[World], Awaitable[None]], lockouts: Lockouts | None = None) -> None:
    async def go() -> None:
        engine = connect(url)
        async with engine.begin() as connection:
            await connection.run_sync(METADATA.create_all, tables=[TOTP, STEP_UP])
        try:
            await use(World(engine, lockouts))
        finally:
            await engine.dispose()

    asyncio.run(go())


def test_a_session_is_stepped_up_for_five_minutes(database_url: str) -> None:
    async def use(world: World) -> None:
        await world.enrol()
        world.later(STEPPED_UP_SECONDS)
        assert not await world.service.stepped_up(ALICE.principal)
        assert await world.service.step_up(ALICE, world.code()) == 300
        world.later(STEPPED_UP_SECONDS - 1)
        assert await world.service.stepped_up(ALICE.principal)
        for other in ({"session": "session-2"}, {"subject": "bob"}, {"tenant": "other"}):
            assert not await world.service.stepped_up(replace(ALICE.principal, **other))  # type: ignore[arg-type]
        world.later(1)
        assert not await world.service.stepped_up(ALICE.principal)

    run(database_url, use)


def test_a_code_counts_once_and_none_before_it(database_url: str) -> None:
    async def use(world: World) -> None:
        await world.enrol()
        code, before = world.code(), world.code(steps=-1)
        await world.service.step_up(ALICE, code)
        other_session = replace(ALICE, principal=replace(ALICE.principal, session="session-2"))
        assert await world.refused(code) == "code_used_before"
        assert await world.refused(code, other_session) == "code_used_before"
        assert await world.refused(before) == "code_used_before"
        world.later(30)
        await world.service.step_up(ALICE, world.code())

    run(database_url, use)


def test_of_one_code_sent_at_once_by_many_one_counts(database_url: str) -> None:
    async def use(world: World) -> None:
        await world.enrol()
        callers = [replace(ALICE, origin=f"192.0.2.{n}", request_id=str(n)) for n in range(8)]
        code = world.code()
        results = await asyncio.gather(*(world.service.step_up(c, code) for c in callers), return_exceptions=True)
        assert sorted(type(result).__name__ for result in results) == ["StepUpRequiredError"] * 7 + ["int"]

    run(database_url, use)


def test_a_window_of_one_step_to_either_side(database_url: str) -> None:
    async def use(world: World) -> None:
        await world.enrol()
        world.later(300)
        assert await world.refused(world.code(steps=-2)) == "wrong_code"
        assert await world.refused(world.code(steps=2)) == "wrong_code"
        for steps in (-1, 0, 1):
            await world.service.step_up(ALICE, world.code(steps=steps))

    run(database_url, use)


def test_enrolment(database_url: str) -> None:
    async def use(world: World) -> None:
        assert await world.refused("123456") == "not_enrolled"
        abandoned = (await world.service.enrol(ALICE, "payment-service")).uri
        await world.enrol()  # replaces one that was never confirmed
        old = pyotp.parse_uri(abandoned.reveal())
        assert isinstance(old, pyotp.TOTP)
        assert await world.refused(old.at(world.now)) == "wrong_code"
        with pytest.raises(ConflictError):
            await world.service.enrol(ALICE, "payment-service")
        assert "secret" not in repr(abandoned)

    run(database_url, use)


def test_a_secret_that_is_rewrapped_while_its_code_is_checked(database_url: str) -> None:
    async def use(world: World) -> None:
        class Racing(TotpStore):
            async def enrolled(self, principal: Principal) -> Enrolled | None:
                found = await super().enrolled(principal)
                rewrapping = Rewrapping([self.wrappings()], world.wrapper)
                await rewrapping.rotate()
                assert [progress.done async for progress in rewrapping.run()] == [1]
                return found

        await world.enrol()
        failures = FailedSignIns(MemoryLimits(world.seconds))
        racing = StepUp(
            Racing(world.engine),
            world.wrapper,
            world.lockouts,
            audit=world.audit,
            failures=failures,
            clock=lambda: world.now,
        )
        await racing.step_up(ALICE, world.code())
        with pytest.raises(StepUpRequiredError):
            await racing.step_up(ALICE, world.code())
        assert world.audit.events[-1].reason == "code_used_before"

    run(database_url, use)


def test_secrets_are_wrapped_for_one_person(database_url: str) -> None:
    async def use(world: World) -> None:
        bob = replace(ALICE, principal=replace(ALICE.principal, subject="bob"))
        await world.enrol(ALICE)
        await world.enrol(bob)
        async with world.engine.begin() as connection:
            rows = {row.subject: row for row in await connection.execute(select(TOTP))}
            stolen = rows["bob"].wrapped_secret
            await connection.execute(update(TOTP).where(TOTP.c.subject == "alice").values(wrapped_secret=stolen))
        assert world.totp[bob].byte_secret() not in stolen
        with pytest.raises(IntegrityError):
            await world.service.step_up(ALICE, world.code(bob))
        world.wrapper.rotate()
        await world.service.step_up(bob, world.code(bob))

    run(database_url, use)


def test_ten_wrong_codes_lock_the_account_whatever_addresses_they_come_from(database_url: str) -> None:
    async def use(world: World) -> None:
        await world.enrol()
        for number in range(WRONG_CODES):
            assert await world.refused(world.wrong(), replace(ALICE, origin=f"198.51.100.{number}")) == "wrong_code"
        assert await world.refused(world.code()) == "locked"
        world.later(LOCK_SECONDS - 1)
        assert await world.refused(world.code()) == "locked"
        world.later(1)
        await world.service.step_up(ALICE, world.code())

    run(database_url, use)


def test_ten_wrong_codes_lock_the_source_whatever_accounts_they_are_for(database_url: str) -> None:
    """One address, or one IPv6 network, tries a code or two on each of many accounts."""

    async def use(world: World) -> None:
        await world.enrol()
        for number in range(WRONG_CODES):
            person = replace(ALICE.principal, subject=f"user{number}")
            await world.refused("123456", replace(ALICE, principal=person, origin=f"2001:db8::{number:x}"))
        assert await world.refused(world.code(), replace(ALICE, origin="2001:db8::ffff:1")) == "locked"
        await world.service.step_up(ALICE, world.code())  # from elsewhere

    run(database_url, use)


def test_a_right_code_of_ones_own_does_not_unlock_guessing(database_url: str) -> None:
    async def use(world: World) -> None:
        mallory = replace(ALICE, principal=replace(ALICE.principal, subject="mallory"))
        await world.enrol(ALICE)
        await world.enrol(mallory)
        for _ in range(WRONG_CODES - 1):
            await world.refused(world.wrong())
        await world.service.step_up(mallory, world.code(mallory))
        assert await world.refused(world.wrong(), replace(ALICE, origin=mallory.origin)) == "wrong_code"
        world.later(30)
        assert await world.refused(world.code(mallory), mallory) == "locked"

    run(database_url, use)


def test_a_right_code_forgets_the_wrong_ones_before_it(database_url: str) -> None:
    async def use(world: World) -> None:
        await world.enrol()
        for round_ in range(3):
            for number in range(WRONG_CODES - 1):
                assert (
                    await world.refused(world.wrong(), replace(ALICE, origin=f"10.{round_}.0.{number}")) == "wrong_code"
                )
            await world.service.step_up(ALICE, world.code())
            world.later(30)

    run(database_url, use)


def test_guesses_sent_at_once_are_counted_before_they_are_checked(postgres_url: str, redis_url: str) -> None:
    async def use(world: World) -> None:
        client = redis_client.connect(redis_url, 20)
        await world.enrol()
        service = world.instance(redis.RedisLimits(redis_client.Scripts(client)))
        world.audit.events.clear()
        callers = [replace(ALICE, origin=f"203.0.113.{n}") for n in range(60)]
        wrong = world.wrong()
        await asyncio.gather(*(service.step_up(caller, wrong) for caller in callers), return_exceptions=True)
        reasons = [event.reason for event in world.audit.events]
        assert (reasons.count("wrong_code"), reasons.count("locked")) == (WRONG_CODES, 50)
        await client.aclose()

    run(postgres_url, use)


def test_nothing_is_let_through_without_its_counters_its_audit_log_or_its_database(database_url: str) -> None:
    async def use(world: World) -> None:
        await world.enrol()
        client = redis_client.connect(f"redis://127.0.0.1:{free_port()}/0")
        away = world.instance(redis.RedisLimits(redis_client.Scripts(client)))
        with pytest.raises(UnavailableError):
            await away.step_up(ALICE, world.code())
        world.audit.failing = True
        with pytest.raises(UnavailableError):
            await world.service.step_up(ALICE, world.wrong())

    run(database_url, use)


def test_a_database_that_is_away() -> None:
    async def go() -> None:
        engine = connect(f"postgresql+asyncpg://payment@127.0.0.1:{free_port()}/payments")
        world = World(engine)
        for call in (world.service.enrol(ALICE, "s"), world.service.step_up(ALICE, "123456")):
            with pytest.raises(UnavailableError):
                await call
        with pytest.raises(UnavailableError):
            await world.service.stepped_up(ALICE.principal)
        await engine.dispose()

    asyncio.run(go())


def test_what_is_recorded(database_url: str) -> None:
    async def use(world: World) -> None:
        await world.enrol()
        await world.refused(world.wrong())
        assert world.audit.summary() == [
            ("alice", "factor.enrol", "success", ""),
            ("alice", "session.step_up", "success", ""),
            ("alice", "session.step_up", "denied", "wrong_code"),
        ]
        event = world.audit.events[-1]
        assert (event.origin, event.tenant, event.request_id, event.at) == ("192.0.2.1", "shop", "r1", world.now)

    run(database_url, use)


def alerts(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(line.counted_by, line.origin) for line in caplog.records if line.msg == "failed_sign_ins"]


def test_more_than_five_failures_an_hour_raise_one_alert(caplog: pytest.LogCaptureFixture) -> None:
    now = [1000.0]

    async def go() -> None:
        watch = FailedSignIns(MemoryLimits(lambda: now[0]))
        for _ in range(FAILURES.limit):
            await watch.failed("192.0.2.1", "shop", "alice")
        assert alerts(caplog) == []
        for _ in range(3):
            await watch.failed("192.0.2.1", "shop", "alice")
        assert alerts(caplog) == [("source", "192.0.2.1"), ("account", "192.0.2.1")]
        now[0] += 3600
        await watch.failed("192.0.2.1", "shop", "alice")
        assert len(alerts(caplog)) == 2

    asyncio.run(go())


def test_spraying_is_noticed_from_either_side(caplog: pytest.LogCaptureFixture) -> None:
    async def go() -> None:
        one_source, one_account = FailedSignIns(MemoryLimits()), FailedSignIns(MemoryLimits())
        for number in range(6):
            await one_source.failed("192.0.2.1", "shop", f"user{number}")
            await one_account.failed(f"198.51.100.{number}", "shop", "alice")

    asyncio.run(go())
    assert alerts(caplog) == [("source", "192.0.2.1"), ("account", "198.51.100.5")]
