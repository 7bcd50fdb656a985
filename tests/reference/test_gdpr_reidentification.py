"""Who has the profiles, and knows devices, addresses, amounts and the minute of each payment, learns nothing from what
an erasure left but what a law wants kept: day, amount, currency, merchant and outcome.

What is claimed: what stays of all who were erased is told apart by those fields only. With k payments of the same day
and amount, a guess is right once in k. What is not claimed: that an amount nobody else paid that day is nobody's.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update

from reference_impl.database import transaction
from reference_impl.gdpr.model import Profile, RequestKind
from tests.reference.gdpr_parts import METADATA, Office, office, rows, settle, tag_of, verified, who

PEOPLE = 12
LAW = {"amount", "currency", "created_at", "updated_at", "state", "merchant", "attempt", "tenant"}
"""Of a retained row; all else has to be the same for everybody, or random."""
REFERENCES = {"id", "payment", "authorization_id", "idempotency_key", "charge", "processor_intent_id"}
"""Random numbers of documents, of which a person has none."""


async def shoppers(place: Office) -> list[str]:
    """Each has two orders at times of their own, of amounts that all others have too.

    Names are long enough that no random key has one of them in it by chance.
    """
    names = [f"p{chr(97 + number) * 11}" for number in range(PEOPLE)]
    for number, name in enumerate(names):
        await settle(place, "m1", name, Profile(f"Person {name}"))
        for table in ("orders", "payments"):
            which = METADATA.tables[table]
            mine = which.c.tenant == "m1", which.c.id.endswith(tag_of(name))
            async with transaction(place.engine) as connection:
                at = place.clock() + timedelta(minutes=7 * number)
                await connection.execute(update(which).where(*mine).values(created_at=at, updated_at=at))
    return names


def known(before: Any, name: str) -> dict[str, Any]:
    """What an attacker knows of somebody from before: everything in their rows."""
    return {
        table: [row for row in before[table] if tag_of(name) in repr(row) or name in repr(row)]
        for table in ("orders", "payments", "hosted_charges", "hosted_refunds")
    }


def candidates(row: dict[str, Any], left: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that may be what has become of this one, by every column that has still the value, or its day."""

    def fits(other: dict[str, Any]) -> bool:
        for column, value in row.items():
            now = other[column]
            if column in {"created_at", "updated_at"}:
                if now != value and now.date() != value.date():
                    return False
            elif column in LAW and now != value:
                return False
        return True

    return [other for other in left if fits(other)]


def test_what_is_left_is_told_apart_by_what_the_law_wants_only(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(database_url, tmp_path) as place:
            names = await shoppers(place)
            before = await rows(place.engine)
            gone, staying = names[:8], names[8:]
            for name in gone:
                await place.requests.fulfil(who(), await verified(place, RequestKind.ERASURE, name))
            after = await rows(place.engine)
            for table in ("orders", "payments", "hosted_charges", "hosted_refunds"):
                left = [row for row in after[table] if row not in before[table]]
                for column in {*left[0]} - LAW - REFERENCES:
                    assert len({repr(row[column]) for row in left}) == 1, f"{table}.{column} tells people apart"
                assert len({row["idempotency_key"] for row in left}) == len(left), "one value each, of nobody"
                kept_by_tuple = Counter(tuple(row[c] for c in sorted(LAW & {*row}) if c != "tenant") for row in left)
                for name in gone:
                    for row in known(before, name)[table]:
                        found = candidates(row, left)
                        key = next(
                            iter(
                                kept_by_tuple.keys()
                                & {tuple(one[c] for c in sorted(LAW & {*one}) if c != "tenant") for one in found}
                            )
                        )
                        assert len(found) == kept_by_tuple[key] >= len(gone), f"{table}: a guess is right once in k"
            for name in staying:
                assert known(after, name) == known(before, name)

    asyncio.run(run())


def test_a_digest_or_a_constant_in_place_of_the_name_would_be_noticed(sqlite: str, tmp_path: Path) -> None:
    """The measure itself: with the name hashed, or exact times kept, one person's rows are found."""

    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            names = await shoppers(place)
            before = await rows(place.engine)
            orders = METADATA.tables["orders"]
            async with transaction(place.engine) as connection:
                for name in names:
                    nameless = update(orders).where(orders.c.customer == name)
                    await connection.execute(nameless.values(customer="anonymous", token="gone"))
            left = (await rows(place.engine))["orders"]
            (row, _) = known(before, names[3])["orders"]
            exact = [other for other in left if other["created_at"] == row["created_at"]]
            assert len(exact) == 2, "the minute alone gives one person's orders"

    asyncio.run(run())
