"""Period reports, on both databases and a real audit log: totals, boundaries, repetition, differences, tampering."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.anchor import DatabaseAnchor
from reference_impl.audit.evidence import Evidence
from reference_impl.audit.log import FileAuditLog
from reference_impl.audit.model import Outcome
from reference_impl.auth.model import Caller, Principal
from reference_impl.database import connect, row_of, transaction
from reference_impl.errors import ConflictError, IntegrityError, InvalidInputError, NotFoundError
from reference_impl.migrations import upgrade
from reference_impl.money import Money
from reference_impl.payments.ledger import PaymentLedger
from reference_impl.payments.model import Payment, PaymentState
from reference_impl.payments.store import PAYMENTS, PaymentStore
from reference_impl.processor.ledger import ChargeLedger, RefundLedger
from reference_impl.secret import Secret
from reference_impl.sox.model import Problem, Report, SamePersonError
from reference_impl.sox.periods import Periods, check
from reference_impl.sox.report import PeriodReports
from reference_impl.sox.store import PERIODS

KEY = Secret(bytes(range(32)))
SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SINCE = datetime(2026, 10, 1, tzinfo=timezone.utc)
UNTIL = datetime(2026, 11, 1, tzinfo=timezone.utc)
NOON = datetime(2026, 10, 15, 12, tzinfo=timezone.utc)
LATER = datetime(2026, 11, 2, tzinfo=timezone.utc)
STATES = {Outcome.SUCCESS: PaymentState.AUTHORIZED, Outcome.DENIED: PaymentState.DECLINED}


def person(name: str, tenant: str = "m1", *roles: str) -> Caller:
    return Caller(
        Principal(name, tenant, frozenset(roles or ("financial_controller",)), "s"), "192.0.2.1", "r", False, "a/1"
    )


@dataclass
class Books:
    """Payments, recorded and stored as somebody wishes."""

    engine: AsyncEngine
    log: FileAuditLog
    folder: Path

    def __post_init__(self) -> None:
        anchor = DatabaseAnchor(self.engine, "audit")
        chain = Evidence(self.log.acknowledged, self.folder, KEY, SIGNING.public_key(), anchor)
        ledgers = PaymentLedger(PaymentStore(self.engine)), ChargeLedger(self.engine), RefundLedger(self.engine)
        self.reports = PeriodReports(chain, ledgers, clock)
        self.periods = Periods(self.engine, self.reports, self.log, SIGNING, clock)

    async def record(
        self,
        name: str,
        amount: int = 100,
        currency: str = "EUR",
        outcome: Outcome = Outcome.SUCCESS,
        *,
        at: datetime = NOON,
        by: str = "till",
        tenant: str = "m1",
    ) -> None:
        money, resource = Money(amount, currency), f"payment:{name}"
        event = person(by, tenant).event("payment.authorize", resource, at, outcome, money=money)
        await self.log.append([event])

    async def store(
        self,
        name: str,
        amount: int = 100,
        currency: str = "EUR",
        outcome: Outcome | None = Outcome.SUCCESS,
        *,
        at: datetime = NOON,
        began: datetime | None = None,
        tenant: str = "m1",
    ) -> None:
        state = PaymentState.STARTED if outcome is None else STATES[outcome]
        money = Money(amount, currency)
        one = Payment(tenant, name, f"key-{name}", "d", state, money, "tok_x", None, None, 1, began or at, at)
        row = row_of(PAYMENTS, one, state=state.value, amount=amount, currency=currency)
        async with transaction(self.engine) as connection:
            await connection.execute(insert(PAYMENTS).values(row))

    async def both(self, name: str, *args: object, **how: object) -> None:
        await self.record(name, *args, **how)  # type: ignore[arg-type]
        await self.store(name, *args, **{key: value for key, value in how.items() if key != "by"})  # type: ignore[arg-type]

    async def report(self, since: datetime = SINCE, until: datetime = UNTIL, tenant: str = "m1") -> Report:
        return await self.reports.make(tenant, since, until, "anna")


def clock() -> datetime:
    return LATER


def begun() -> datetime:
    """When the log was: before everything in it."""
    return SINCE - timedelta(days=60)


@asynccontextmanager
async def books(url: str, folder: Path) -> AsyncIterator[Books]:
    engine = connect(url)
    await upgrade(engine)
    place = folder / "audit"
    anchor = DatabaseAnchor(engine, "audit")
    log = await FileAuditLog.open(place, KEY, SIGNING, anchor=anchor, head_every=0, clock=begun)
    try:
        yield Books(engine, log, place)
    finally:
        await log.aclose()
        await engine.dispose()


def on(url: str, folder: Path, test: Callable[[Books], Awaitable[None]]) -> None:
    async def run() -> None:
        async with books(url, folder) as one:
            await test(one)

    asyncio.run(run())


def problems(report: Report) -> list[tuple[str, Problem]]:
    return [(one.resource, one.problem) for one in report.differences]


def test_control_totals_by_action_outcome_and_currency(database_url: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        await one.both("pay_a", 100)
        await one.both("pay_b", 250)
        await one.both("pay_c", 70, "JPY")
        await one.both("pay_d", 33, "EUR", Outcome.DENIED)
        await one.both("pay_e", 999, tenant="m2")
        await one.both("pay_f", 999, at=SINCE - timedelta(days=40))
        report = await one.report()
        assert [tuple(total) for total in report.totals] == [
            ("payment.authorize", "denied", "EUR", 1, 33),
            ("payment.authorize", "success", "EUR", 2, 350),
            ("payment.authorize", "success", "JPY", 1, 70),
        ]
        assert (report.records, report.numbers, report.people) == (4, (2, 5), ["till"])
        assert report.differing == 0 and report.compared == 8
        head = await one.log.acknowledged()
        assert report.chain.last == head.count and report.chain.mac == head.mac

    on(database_url, tmp_path, test)


def test_an_empty_period(database_url: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        await one.both("pay_a", at=UNTIL)
        report = await one.report()
        assert (report.records, report.numbers, report.totals, report.people, report.differing) == (0, None, [], [], 0)
        assert report.chain.last == 2, "of an empty period, too, the chain was verified"

    on(database_url, tmp_path, test)


def test_what_happens_at_the_boundary_is_in_one_period(database_url: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        moment = timedelta(microseconds=1)
        await one.both("pay_before", 1, at=SINCE - moment)
        await one.both("pay_first", 2, at=SINCE)
        await one.record("pay_last", 4, at=UNTIL - moment)
        await one.store("pay_last", 4, at=UNTIL + timedelta(seconds=2))  # the outcome was stored a little later
        await one.both("pay_after", 8, at=UNTIL)
        report = await one.report()
        assert [total.amount for total in report.totals] == [6] and report.differing == 0
        before = await one.report(SINCE - timedelta(days=30), SINCE)
        after = await one.report(UNTIL, LATER - timedelta(minutes=1))
        assert [[total.amount for total in each.totals] for each in (before, after)] == [[1], [8]]
        assert before.differing == after.differing == 0

    on(database_url, tmp_path, test)


def test_what_was_recorded_twice_counts_once_in_all_periods(database_url: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        await one.record("pay_a", 5)
        await one.record("pay_a", 5, at=NOON + timedelta(seconds=3))
        await one.store("pay_a", 5, at=NOON + timedelta(seconds=3), began=NOON)
        await one.record("pay_b", 7, at=SINCE - timedelta(days=3))  # killed before it was stored, and asked again
        await one.record("pay_b", 7)
        await one.store("pay_b", 7, began=SINCE - timedelta(days=3))
        for minutes in (-10, 10):
            await one.record("pay_c", 11, at=SINCE + timedelta(minutes=minutes))
        await one.store("pay_c", 11, at=SINCE + timedelta(minutes=10), began=SINCE - timedelta(minutes=10))
        report = await one.report()
        assert [(total.times, total.amount) for total in report.totals] == [(1, 5)] and report.differing == 0
        assert report.records == 4
        earlier = await one.report(SINCE - timedelta(days=30), SINCE)
        assert [(total.times, total.amount) for total in earlier.totals] == [(2, 18)]

    on(database_url, tmp_path, test)


def test_every_difference_between_records_and_stores_is_listed(database_url: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        await one.both("pay_good")
        await one.store("pay_forged")
        await one.record("pay_lost")
        await one.record("pay_amount", 100)
        await one.store("pay_amount", 101)
        await one.record("pay_currency", 100)
        await one.store("pay_currency", 100, "USD")
        await one.record("pay_outcome", 100, "EUR", Outcome.DENIED)
        await one.store("pay_outcome")
        await one.record("pay_open")
        await one.store("pay_open", outcome=None)
        await one.record("pay_elsewhere", tenant="m2")
        await one.store("pay_elsewhere")
        report = await one.report()
        assert problems(report) == [
            ("payment:pay_amount", Problem.AMOUNT),
            ("payment:pay_currency", Problem.AMOUNT),
            ("payment:pay_elsewhere", Problem.NOT_RECORDED),
            ("payment:pay_forged", Problem.NOT_RECORDED),
            ("payment:pay_lost", Problem.NOT_STORED),
            ("payment:pay_open", Problem.OPEN),
            ("payment:pay_outcome", Problem.NOT_RECORDED),
            ("payment:pay_outcome", Problem.OUTCOME),
        ]
        assert report.differing == len(report.differences)

    on(database_url, tmp_path, test)


def edit(folder: Path) -> None:
    (segment,) = folder.glob("*.log")
    segment.write_bytes(segment.read_bytes().replace(b'"amount":250,', b'"amount":150,'))


def drop(folder: Path) -> None:
    (segment,) = folder.glob("*.log")
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(b"".join(lines[:2] + lines[3:]))


def cut_off(folder: Path) -> None:
    (segment,) = folder.glob("*.log")
    segment.write_bytes(b"".join(segment.read_bytes().splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize("tamper", [edit, drop, cut_off])
def test_of_a_log_that_was_changed_there_is_no_report(
    database_url: str, tmp_path: Path, tamper: Callable[[Path], None]
) -> None:
    async def test(one: Books) -> None:
        for name, amount in (("pay_a", 100), ("pay_b", 250), ("pay_c", 300)):
            await one.both(name, amount)
        assert (await one.report()).differing == 0
        tamper(one.folder)
        with pytest.raises(IntegrityError, match=r"changed|cut off"):
            await one.report()
        with pytest.raises(IntegrityError):
            await one.periods.prepare(person("anna"), SINCE, UNTIL)

    on(database_url, tmp_path, test)


def test_a_period_is_reported_once_it_is_over(sqlite: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        for since, until in (
            (UNTIL, SINCE),
            (SINCE, SINCE),
            (SINCE, LATER),
            (SINCE, LATER - timedelta(seconds=59)),
            (SINCE - timedelta(days=400), UNTIL),
        ):
            with pytest.raises(InvalidInputError):
                await one.report(since, until)
        await one.report(SINCE, LATER - timedelta(seconds=60))

    on(sqlite, tmp_path, test)


def test_another_person_closes_who_moved_no_money(database_url: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        await one.both("pay_a", by="carl")
        made = await one.periods.prepare(person("anna"), SINCE, UNTIL)
        with pytest.raises(SamePersonError, match="prepared"):
            await one.periods.close(person("anna"), made.id, None)
        with pytest.raises(SamePersonError, match="moved money"):
            await one.periods.close(person("carl"), made.id, None)
        with pytest.raises(NotFoundError):
            await one.periods.close(person("bert", "m2"), made.id, None)
        again = await one.periods.prepare(person("bert"), SINCE, UNTIL)
        closed = await one.periods.close(person("bert"), made.id, None)
        assert (closed.closed_by, closed.prepared_by) == ("bert", "anna")
        check(closed.report, closed.signature, SIGNING.public_key())
        for name in (made.id, again.id):
            with pytest.raises(ConflictError):
                await one.periods.close(person("dora"), name, None)
        with pytest.raises(ConflictError):
            await one.periods.prepare(person("anna"), SINCE + timedelta(days=3), SINCE + timedelta(days=4))
        await one.periods.prepare(person("anna", "m2"), SINCE, UNTIL)

    on(database_url, tmp_path, test)


def test_who_placed_an_order_moved_money(sqlite: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        order = person("olga").event("order.create", "order:ord_a", NOON, money=Money(100, "EUR"))
        await one.log.append([order])
        await one.both("pay_a", by="payment-flow")
        made = await one.periods.prepare(person("anna"), SINCE, UNTIL)
        assert made.report["people"] == ["olga", "payment-flow"]
        assert made.report["financial_records"]["count"] == 1 and made.report["differing"] == 0
        with pytest.raises(SamePersonError):
            await one.periods.close(person("olga"), made.id, None)

    on(sqlite, tmp_path, test)


def test_two_who_close_the_same_at_the_same_time(database_url: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        names = [(await one.periods.prepare(person("anna"), SINCE, UNTIL)).id for _ in range(4)]
        done = await asyncio.gather(
            *(one.periods.close(person("bert"), name, None) for name in names), return_exceptions=True
        )
        assert sorted(type(each).__name__ for each in done) == ["ConflictError"] * 3 + ["Period"]

    on(database_url, tmp_path, test)


def test_differences_close_with_an_explanation(sqlite: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        await one.record("pay_lost")
        made = await one.periods.prepare(person("anna"), SINCE, UNTIL)
        with pytest.raises(ConflictError, match="differ"):
            await one.periods.close(person("bert"), made.id, None)
        closed = await one.periods.close(person("bert"), made.id, "killed between record and row")
        assert closed.explanation == "killed between record and row"

    on(sqlite, tmp_path, test)


def test_a_report_that_was_changed_in_the_database_is_none(sqlite: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        await one.both("pay_a", by="carl")
        made = await one.periods.prepare(person("anna"), SINCE, UNTIL)
        async with transaction(one.engine) as connection:
            forged = json.dumps(made.report | {"people": []})
            await connection.execute(update(PERIODS).values(report=forged))
        with pytest.raises(IntegrityError):
            await one.periods.close(person("carl"), made.id, None)
        async with transaction(one.engine) as connection:
            await connection.execute(delete(PERIODS))

    on(sqlite, tmp_path, test)


def test_reading_a_report_is_recorded_and_so_is_being_refused(sqlite: str, tmp_path: Path) -> None:
    async def test(one: Books) -> None:
        made = await one.periods.prepare(person("anna"), SINCE, UNTIL)
        await one.periods.find(person("anna"), made.id)
        await one.periods.report(person("anna"), SINCE, UNTIL)
        with pytest.raises(Exception, match="permission"):
            await one.periods.find(person("eve", "m1", "checkout"), made.id)
        text = b"".join(path.read_bytes() for path in one.folder.glob("*.log"))
        for action, outcome in (
            (b"period.prepare", b"success"),
            (b"period.read", b"success"),
            (b"period.report", b"success"),
            (b"period.read", b"denied"),
        ):
            assert any(action in line and b'"' + outcome + b'"' in line for line in text.splitlines()), action

    on(sqlite, tmp_path, test)


_PAYMENTS = st.lists(
    st.tuples(
        st.integers(1, 10**6),
        st.sampled_from(["EUR", "USD", "JPY"]),
        st.sampled_from([Outcome.SUCCESS, Outcome.DENIED]),
        st.integers(0, 44_639),
        st.integers(1, 3),
    ),
    max_size=30,
)


@settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(payments=_PAYMENTS, cut=st.integers(1, 44_639))
def test_two_halves_are_the_whole(
    tmp_path_factory: pytest.TempPathFactory, payments: list[tuple[int, str, Outcome, int, int]], cut: int
) -> None:
    """Whatever was paid when, and recorded how often."""
    folder = tmp_path_factory.mktemp("books")

    async def test(one: Books) -> None:
        expected: Counter[tuple[str, str]] = Counter()
        for number, (amount, currency, outcome, minute, times) in enumerate(payments):
            at, name = SINCE + timedelta(minutes=minute), f"pay_{number}"
            for _ in range(times):
                await one.record(name, amount, currency, outcome, at=at)
            await one.store(name, amount, currency, outcome, at=at)
            expected[outcome.value, currency] += amount
        middle = SINCE + timedelta(minutes=cut)
        found: Counter[tuple[str, str]] = Counter()
        for report in (await one.report(SINCE, middle), await one.report(middle, UNTIL)):
            assert report.differing == 0
            found.update({(total.outcome, total.currency): total.amount for total in report.totals})
        whole = await one.report()
        assert found == expected == {(total.outcome, total.currency): total.amount for total in whole.totals}
        assert whole.records == sum(times for *_, times in payments)

    on(f"sqlite+aiosqlite:///{folder / 'service.db'}", folder, test)
