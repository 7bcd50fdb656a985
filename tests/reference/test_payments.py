"""Payments: once for each idempotency key, whatever happens on the way."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.audit.model import Outcome
from reference_impl.cards.model import VerificationCode
from reference_impl.database import METADATA, connect
from reference_impl.errors import (
    ConflictError,
    DeclinedError,
    NotFoundError,
    ServiceError,
    UnavailableError,
)
from reference_impl.money import Money
from reference_impl.payments.api import router
from reference_impl.payments.model import Payment, PaymentState
from reference_impl.payments.service import PaymentService
from reference_impl.payments.store import PAYMENTS, PaymentStore
from tests.reference.app import application, caller, require
from tests.reference.ledger import TOKEN, Cards, Ledger
from tests.reference.memory_log import MemoryLog
from tests.reference.services import Postgres

MONEY = Money(12_50, "EUR")
FAULTS = ["ok", "declined", "before", "after"]
KEY = "order-1-try"
CODE = VerificationCode.parse("737")


class Here:
    """A payment service over a ledger."""

    def __init__(self, url: str, ledger: Path) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
        self.engine = connect(url)
        self.ledger, self.audit, self.cards = Ledger(ledger), MemoryLog(), Cards()
        self.service = self.over(PaymentStore(self.engine))

    def over(self, store: PaymentStore) -> PaymentService:
        return PaymentService(store, self.cards, self.ledger, self.audit, lambda: self.now, merchant="m1")

    async def pay(self, key: str = KEY, money: Money = MONEY, tenant: str = "m1", token: str = TOKEN) -> Payment:
        return await self.service.pay(caller(tenant), token, money, CODE, key)


def run(url: str, folder: Path, test: Callable[[Here], Awaitable[None]]) -> None:
    async def main() -> None:
        here = Here(url, folder / "ledger")
        try:
            async with here.engine.begin() as connection:
                await connection.run_sync(METADATA.create_all, tables=[PAYMENTS])
            await test(here)
        finally:
            await here.engine.dispose()

    asyncio.run(main())


def outcomes(here: Here) -> list[Outcome]:
    """As they are recorded."""
    return [event.outcome for event in here.audit.events if event.action == "payment.authorize"]


def test_pays_once_and_answers_the_same_again(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        first = await here.pay()
        assert first.state is PaymentState.AUTHORIZED and first.money == MONEY
        assert await here.pay() == first
        assert here.ledger.calls == ["authorize"] and here.ledger.codes == ["737"] and here.cards.reads == 1
        asked, event = here.audit.events
        assert (asked.action, asked.reason) == ("payment.request", KEY)
        for one in (asked, event):
            assert (one.outcome, one.resource) == (Outcome.SUCCESS, f"payment:{first.id}")
            assert (one.amount, one.currency) == (MONEY.amount, MONEY.currency)
        assert event.action == "payment.authorize"
        assert await here.service.find(caller(), first.id) == first

    run(database_url, tmp_path, test)


def test_another_request_under_the_same_key(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        await here.pay()
        for other in (Money(12_51, "EUR"), Money(12_50, "USD")):
            with pytest.raises(ConflictError):
                await here.pay(money=other)
        with pytest.raises(ConflictError):
            await here.pay(token="tok_" + "B" * 43)
        assert len(here.ledger.entries()) == 1

    run(database_url, tmp_path, test)


def test_at_the_same_time_one_pays_and_the_others_are_told_to_wait(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        here.ledger.faults = ["slow"]
        first = asyncio.create_task(here.pay())
        await here.ledger.charging.wait()
        answers = await asyncio.gather(*(here.pay() for _ in range(6)), return_exceptions=True)
        assert all(isinstance(answer, ConflictError) for answer in answers)
        here.ledger.go.set()
        assert (await first).state is PaymentState.AUTHORIZED
        assert len(here.ledger.entries()) == 1

    run(database_url, tmp_path, test)


def test_many_that_begin_at_the_same_time_charge_once(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        answers = await asyncio.gather(*(here.pay() for _ in range(12)), return_exceptions=True)
        assert {type(answer) for answer in answers} <= {Payment, ConflictError}
        assert here.ledger.calls == ["authorize"]

    run(database_url, tmp_path, test)


def test_declined_is_declined_again(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        here.ledger.faults = ["declined"]
        for _ in range(2):
            with pytest.raises(DeclinedError) as caught:
                await here.pay()
            assert caught.value.code == "insufficient_funds"
        assert here.ledger.calls == ["authorize"]
        assert outcomes(here) == [Outcome.DENIED]

    run(database_url, tmp_path, test)


@pytest.mark.parametrize(
    ("fault", "calls"), [("after", ["authorize", "lookup"]), ("before", ["authorize", "lookup", "authorize"])]
)
def test_an_unknown_outcome_is_looked_up_first(database_url: str, tmp_path: Path, fault: str, calls: list[str]) -> None:
    async def test(here: Here) -> None:
        here.ledger.faults = [fault]
        with pytest.raises(UnavailableError):
            await here.pay()
        assert (await here.pay()).state is PaymentState.AUTHORIZED
        assert here.ledger.calls == calls and len(here.ledger.entries()) == 1
        assert outcomes(here) == [Outcome.FAILURE, Outcome.SUCCESS]

    run(database_url, tmp_path, test)


def test_without_an_audit_log_a_charge_is_not_settled_and_found_later(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        here.ledger.faults = ["slow"]
        paying = asyncio.create_task(here.pay())
        await here.ledger.charging.wait()
        here.audit.failing = True
        here.ledger.go.set()
        with pytest.raises(UnavailableError):
            await paying
        here.audit.failing = False
        here.now += timedelta(minutes=3)
        payment = await here.pay()
        assert here.ledger.calls == ["authorize", "lookup"]
        assert {event.resource for event in here.audit.events} == {f"payment:{payment.id}"}
        assert outcomes(here) == [Outcome.SUCCESS]

    run(database_url, tmp_path, test)


def test_without_an_audit_log_nothing_is_charged(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        here.audit.failing = True
        with pytest.raises(UnavailableError):
            await here.pay()
        assert here.ledger.calls == []
        here.audit.failing = False
        here.now += timedelta(minutes=3)
        assert (await here.pay()).state is PaymentState.AUTHORIZED

    run(database_url, tmp_path, test)


def test_an_unknown_token_leaves_the_key_free(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        with pytest.raises(NotFoundError):
            await here.pay(token="tok_" + "B" * 43)
        assert (await here.pay()).state is PaymentState.AUTHORIZED

    run(database_url, tmp_path, test)


def test_tenants_do_not_see_each_other(database_url: str, tmp_path: Path) -> None:
    async def test(here: Here) -> None:
        payment = await here.pay()
        with pytest.raises(NotFoundError):
            await here.service.find(caller("m2"), payment.id)
        with pytest.raises(NotFoundError):  # the key is free there, the token unknown
            await here.pay(tenant="m2")

    run(database_url, tmp_path, test)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["ok", "declined", "before", "after"]), max_size=6), st.lists(st.booleans(), max_size=8)
)
def test_any_faults_charge_at_most_once_and_never_deny_a_charge(faults: list[str], audit_down: list[bool]) -> None:
    """A client repeats the same request while gateway and audit log fail in any order."""
    with tempfile.TemporaryDirectory() as name:

        async def test(here: Here) -> None:
            here.ledger.faults = list(faults)
            for down in (*audit_down, *[False] * (len(faults) + 1)):
                here.audit.failing = down
                here.now += timedelta(minutes=3)
                try:
                    payment = await here.pay()
                except DeclinedError:
                    assert [entry["declined"] for entry in here.ledger.entries()] == [True]
                except UnavailableError:
                    pass
                else:
                    (entry,) = here.ledger.entries()
                    assert not entry["declined"] and payment.authorization_id == f"auth-{entry['key']}"
            assert len(here.ledger.entries()) == 1
            state = await here.service._store.by_key("m1", KEY)
            assert state is not None and state.state in (PaymentState.AUTHORIZED, PaymentState.DECLINED)

        run(f"sqlite+aiosqlite:///{name}/service.db", Path(name), test)


_CHILD = """
import asyncio, sys
from pathlib import Path
from tests.reference.test_payments import Here

async def main():
    here = Here(sys.argv[1], Path(sys.argv[2]))
    here.ledger.faults = [sys.argv[3]]
    task = asyncio.create_task(here.pay())
    await here.ledger.charging.wait()
    print("charged", flush=True)
    await task

asyncio.run(main())
"""


def test_a_service_killed_after_it_charged_is_resumed(database_url: str, tmp_path: Path) -> None:
    """SIGKILL between the gateway's charge and the record of it."""

    async def test(here: Here) -> None:
        command = [sys.executable, "-c", _CHILD, database_url, str(tmp_path / "ledger"), "slow"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
            assert child.stdout is not None and child.stdout.readline() == b"charged\n"
            os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(ConflictError):
            await here.pay()
        here.now += timedelta(minutes=3)
        assert (await here.pay()).state is PaymentState.AUTHORIZED
        assert here.ledger.calls == ["lookup"] and len(here.ledger.entries()) == 1

    run(database_url, tmp_path, test)


def test_over_http(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"

    async def test(here: Here) -> None:
        app = application(router(here.service, require))
        body = {"token": TOKEN, "amount": 1250, "currency": "EUR", "verification_code": "9737"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://pay.example") as client:
            key = {"Idempotency-Key": KEY}
            made = await client.post("/v1/payments", json=body, headers=key)
            assert made.status_code == 201 and made.json()["state"] == "authorized"
            assert (await client.post("/v1/payments", json=body, headers=key)).json() == made.json()
            read = await client.get(f"/v1/payments/{made.json()['id']}")
            assert read.json() == made.json()
            assert (
                await client.get(f"/v1/payments/{made.json()['id']}", headers={"x-tenant": "m2"})
            ).status_code == 404
            assert (await client.get("/v1/payments/pay_x", headers={"x-role": "auditor"})).status_code == 403
            assert (
                await client.post("/v1/payments", json=body, headers=key | {"x-role": "support"})
            ).status_code == 403
            for status, changes, headers in (
                (422, {"amount": 12.5}, key),
                (422, {"amount": "1250"}, key),
                (422, {"amount": 0}, key),
                (422, {"currency": None}, key),
                (422, {"number": "4111111111111111"}, key),
                (422, {"token": "4111111111111111"}, key),
                (422, {"verification_code": "97373"}, key),
                (422, {}, {}),
                (422, {}, {"Idempotency-Key": "4111111111111111"}),
                (409, {"amount": 1251}, key),
            ):
                answer = await client.post("/v1/payments", json=body | changes, headers=headers)
                assert answer.status_code == status, changes
                assert "9737" not in answer.text and "4111" not in answer.text
        assert here.ledger.codes == ["9737"]
        for file in tmp_path.glob("service.db*"):
            assert b"4111111111111111" not in file.read_bytes() and b"9737" not in file.read_bytes()

    run(url, tmp_path, test)


def test_a_database_killed_while_the_gateway_charges(own_postgres: Postgres, tmp_path: Path) -> None:
    """SIGKILL of PostgreSQL: what was acknowledged is there afterwards, what was under way is resumed."""

    async def test(here: Here) -> None:
        acknowledged = await here.pay("order-before")
        here.ledger.charging.clear()
        here.ledger.faults = ["slow"]
        task = asyncio.create_task(here.pay())
        await here.ledger.charging.wait()
        own_postgres.kill()
        here.ledger.go.set()
        with pytest.raises(UnavailableError):
            await task
        own_postgres.start()
        await here.engine.dispose()
        assert await here.service.find(caller(), acknowledged.id) == acknowledged
        here.now += timedelta(minutes=3)
        assert (await here.pay()).state is PaymentState.AUTHORIZED
        assert here.ledger.calls == ["authorize", "authorize", "lookup"] and len(here.ledger.entries()) == 2

    run(own_postgres.database(), tmp_path, test)


def test_a_lost_database_leaves_the_key_to_be_resumed(tmp_path: Path) -> None:
    """The outcome cannot be written: the caller hears that it is not known, and the next try finds it."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"

    class Lost(PaymentStore):
        async def settle(self, *_: Any) -> None:
            raise UnavailableError("the database does not answer")

    async def test(here: Here) -> None:
        broken = here.over(Lost(here.engine))
        with pytest.raises(ServiceError):
            await broken.pay(caller(), TOKEN, MONEY, None, KEY)
        here.now += timedelta(minutes=3)
        assert (await here.pay()).state is PaymentState.AUTHORIZED
        assert len(here.ledger.entries()) == 1

    run(url, tmp_path, test)
