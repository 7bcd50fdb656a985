"""The data map: nothing the service holds is missing from it, and periods are counted as laws count them."""

from __future__ import annotations

import ast
import asyncio
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, String, Table

from reference_impl.bootstrap import started
from reference_impl.errors import ConfigurationError
from reference_impl.events import model as events_model
from reference_impl.gdpr import datamap, opening
from reference_impl.gdpr.periods import kept_until, months_after, over_before, start_of, years_after
from reference_impl.migrations import metadata
from reference_impl.operating import KEY_FAMILIES
from tests.reference.running import settings_in

ROOT = Path(__file__).resolve().parent.parent.parent / "reference_impl"
HELD = datamap.load()
EVENTS = {f"{kind.value}/{version}": list(one.model_fields) for (kind, version), one in events_model.SCHEMAS.items()}


def check(tables: MetaData | None = None, events: Any = EVENTS, families: Any = KEY_FAMILIES) -> None:
    datamap.check(HELD, tables or metadata(), events, families)


def copied() -> MetaData:
    """The tables, to be changed."""
    copy = MetaData()
    for table in metadata().tables.values():
        table.to_metadata(copy)
    return copy


def test_nothing_is_missing_from_the_map() -> None:
    check()


def test_a_column_a_table_a_field_and_a_key_that_are_not_in_it() -> None:
    tables = copied()
    tables.tables["orders"].append_column(Column("shoe_size", String))
    with pytest.raises(ConfigurationError, match="column of orders missing from the map: shoe_size"):
        check(tables)
    tables = copied()
    Table("loyalty_cards", tables, Column("number", String, primary_key=True))
    with pytest.raises(ConfigurationError, match="table missing from the map: loyalty_cards"):
        check(tables)
    tables = copied()
    tables.remove(tables.tables["totp"])
    with pytest.raises(ConfigurationError, match="table that does not exist: totp"):
        check(tables)
    with pytest.raises(ConfigurationError, match=r"field of payment\.failed/1 missing from the map: email"):
        check(events=EVENTS | {"payment.failed/1": [*EVENTS["payment.failed/1"], "email"]})
    with pytest.raises(ConfigurationError, match=r"event missing from the map: payment\.failed/2"):
        check(events=EVENTS | {"payment.failed/2": []})
    with pytest.raises(ConfigurationError, match="family of keys missing from the map: basket"):
        check(families={*KEY_FAMILIES, "basket"})


def test_the_service_does_not_start_with_something_that_is_not_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = copied()
    tables.tables["payments"].append_column(Column("nickname", String))
    monkeypatch.setattr(opening, "METADATA", tables)

    async def start() -> None:
        async with started(settings_in(tmp_path / "place")):
            pytest.fail("it started")

    with pytest.raises(ConfigurationError, match="column of payments missing from the map: nickname"):
        asyncio.run(start())


def test_every_use_of_redis_says_what_its_keys_begin_with() -> None:
    """Keys are made in modules that import redis; what they begin with is a constant that bootstrap lists."""
    users = [path for path in ROOT.rglob("*.py") if "from redis" in path.read_text("utf-8")]
    assert {path.name for path in users} == {
        "redis.py",
        "redis_client.py",
    }
    said: set[str] = set()
    for path in (path for path in users if path.name == "redis.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                assert not str(node.values[0].value).rstrip(":").isalpha(), f"{path}:{node.lineno}: a key by hand"
            if isinstance(node, ast.Assign):
                names = [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
                values = [one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
                if {"FAMILY", "LIMIT", "LOCK"} & set(names):
                    said |= set(map(str, values))
    assert said == set(KEY_FAMILIES) == set(HELD.redis)


def changed(tmp_path: Path, change: Any) -> Path:
    content = yaml.safe_load(datamap.DEFAULT.read_text("utf-8"))
    change(content)
    path = tmp_path / "data_map.yaml"
    path.write_text(yaml.safe_dump(content), "utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content["categories"].pop("technical"), "categories without a retention: technical"),
        (lambda content: content["tables"]["orders"].update(erasure="delete"), "what a law wants kept is not deleted"),
        (lambda content: content["tables"]["orders"].pop("whose"), "whose rows they are"),
        (lambda content: content["tables"]["orders"].update(purpose="fun"), "no purpose fun"),
        (lambda content: content["tables"]["orders"]["columns"][0].pop("erased"), "what becomes of each column"),
        (lambda content: content["tables"]["totp"].update(because="it is late"), "because says why"),
        (lambda content: content["categories"]["payment"].pop("days"), "categories.payment.days"),
        (
            lambda content: content["tables"]["orders"]["whose"].append({"column": "id", "in": "payments.id"}),
            "tables say of each other",
        ),
    ],
)
def test_a_map_that_leaves_something_open_is_refused(tmp_path: Path, change: Any, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        datamap.load(changed(tmp_path, change))


def test_retention_is_what_was_promised() -> None:
    found = {name: (one.days, one.basis, one.needed) for name, one in HELD.categories.items()}
    assert found == {
        "payment": (2555, "legal_obligation", True),
        "personal": (1095, "legitimate_interest", False),
        "behavioural": (730, "consent", False),
        "technical": (90, "legitimate_interest", False),
    }
    for name, table in HELD.tables.items():
        assert table.because or table.outbox or table.staff or table.erasure, name
        if table.category == "payment" and not table.staff:
            assert table.since and table.erasure is datamap.Erasure.REDUCE, name


def test_what_finds_others_is_erased_after_them() -> None:
    order = HELD.order
    for name, table in HELD.tables.items():
        for whose in table.whose:
            if whose.in_:
                assert order.index(name) < order.index(whose.in_.partition(".")[0])
    for name in order:
        for key in metadata().tables[name].foreign_key_constraints:
            assert order.index(name) < order.index(key.referred_table.name)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 22), 1, date(2026, 12, 22)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_a_month_is_a_calendar_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_seven_years_have_leap_days() -> None:
    paid = datetime(2025, 3, 1, 23, 59, tzinfo=timezone.utc)
    assert kept_until(paid, 2555) == date(2032, 2, 28)
    assert kept_until(paid, 2555, 7) == date(2032, 3, 1), "the law says years"
    assert kept_until(datetime(2024, 2, 29, tzinfo=timezone.utc), 2555, 7) == date(2031, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    east = timezone(timedelta(hours=14))
    assert kept_until(datetime(2026, 1, 1, 3, tzinfo=east), 1) == date(2026, 1, 1), "the day is that of UTC"


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1), timezones=st.just(timezone.utc)),
    st.integers(0, 4000),
    st.sampled_from([0, 1, 4, 7, 10]),
    st.integers(-2, 2),
)
def test_what_is_over_is_what_need_not_be_kept(event: datetime, days: int, years: int, off: int) -> None:
    now = start_of(kept_until(event, days, years)) + timedelta(days=off, hours=5)
    assert (event < over_before(now, days, years)) == (kept_until(event, days, years) <= now.date())
