"""Cards that were stored for nobody in particular are put under the key of the one person who ordered with them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from reference_impl.cards.model import Card
from reference_impl.database import transaction
from reference_impl.errors import IntegrityError, NotFoundError
from reference_impl.gdpr.cards import bound
from reference_impl.gdpr.model import RequestKind
from reference_impl.keys.model import Purpose as KeyPurpose
from reference_impl.migrations import metadata
from reference_impl.vault import binding
from reference_impl.vault.binding import Binding
from reference_impl.vault.model import Purpose
from reference_impl.vault.resealing import Resealing
from reference_impl.vault.service import Vault
from tests.reference.gdpr_parts import AT, Office, office, rows, verified, who
from tests.reference.vault_doubles import NUMBERS, caller, card, same

TABLES = metadata().tables
DESK = caller("m1")


class Desk:
    """A vault beside the office; one card is Ada's, one is shared, one is nobody's."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.vault = Vault(office.engine, office.ring, office.outside, people=office.subjects)
        self.binding = Binding(office.engine, office.ring, office.subjects)
        self.cards: dict[str, tuple[str, Card]] = {}
        self.people: dict[str, str] = {}

    async def fill(self) -> None:
        keys = await self.office.subjects.for_sealing("m1", ["ada", "bob"])
        self.people = {name: key.subject for name, key in keys.items()}
        whose: dict[str, tuple[str, ...]] = {"adas": ("ada", "ada"), "shared": ("ada", "bob"), "nobodys": ()}
        for place, (name, customers) in enumerate(whose.items()):
            given = card(NUMBERS[place], f"Holder of {name}")
            token = (await self.vault.tokenize(DESK, given)).token
            self.cards[name] = token, given
            for number, customer in enumerate(customers):
                await self._order(f"{name}{number}", token, self.people[customer])
        await self.vault.tokenize(caller("m2"), card(NUMBERS[0]))

    async def _order(self, name: str, token: str, subject: str) -> None:
        times = {"created_at": AT, "updated_at": AT}
        paid = {"amount": 5, "currency": "EUR", "merchant": "shop-1", "request_digest": "f" * 64, "reasons": []}
        order = {"id": f"ord_{name}", "idempotency_key": name, "state": "authorized", "customer": subject}
        async with transaction(self.office.engine) as connection:
            row = {"tenant": "m1", "token": token, **order, **paid, **times}
            await connection.execute(insert(TABLES["orders"]).values(row))

    async def bind(self) -> int:
        return await bound(self.office.engine, self.office.held, self.binding)

    async def whose(self) -> dict[str, str | None]:
        subjects = {row["token"]: row["subject"] for row in (await rows(self.office.engine))["tokens"]}
        names = {subject: name for name, subject in self.people.items()}
        return {name: names.get(subjects[token]) for name, (token, _) in self.cards.items() if token in subjects}

    async def open(self, name: str) -> Card:
        return await self.vault.detokenize(DESK, self.cards[name][0], Purpose.DISPUTE)

    async def all_open(self) -> bool:
        return all([same(await self.open(name), given) for name, (_, given) in self.cards.items()])


async def erase(desk: Desk, customer: str) -> None:
    await desk.office.requests.fulfil(who(), await verified(desk.office, RequestKind.ERASURE, customer))


def test_one_persons_cards_are_bound_and_go_with_them(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(database_url, tmp_path) as place:
            desk = Desk(place)
            await desk.fill()
            before = (await rows(place.engine))["fingerprints"]
            assert await desk.bind() == 1 and await desk.bind() == 0
            assert await desk.whose() == {"adas": "ada", "shared": None, "nobodys": None}
            assert await desk.all_open()
            after = (await rows(place.engine))["fingerprints"]
            changed = [mark for mark in before if mark not in after]
            assert len(after) == len(before) and [mark["token"] for mark in changed] == [desk.cards["adas"][0]]
            await erase(desk, "ada")
            assert desk.cards["adas"][0] not in await desk.whose()
            with pytest.raises(NotFoundError):
                await desk.open("adas")
            assert same(await desk.open("shared"), desk.cards["shared"][1])
            assert await desk.bind() == 1, "bob alone ordered with it now"
            assert (await desk.whose())["shared"] == "bob" and same(await desk.open("shared"), desk.cards["shared"][1])

    asyncio.run(run())


def test_a_card_given_for_a_person_goes_with_them_whoever_else_ordered_with_it(sqlite: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            desk = Desk(place)
            await desk.fill()
            vault, ada = desk.vault, desk.people["ada"]
            token = (await vault.tokenize(DESK, card(), subject=ada)).token
            assert (await vault.tokenize(DESK, card(), reuse=True, subject=ada)).token == token
            for other in (desk.people["bob"], ""):
                assert (await vault.tokenize(DESK, card(), reuse=True, subject=other)).token != token
            await desk._order("others", token, desk.people["bob"])
            desk.cards["given"] = token, card()
            await erase(desk, "bob")
            assert same(await desk.open("given"), card())
            await erase(desk, "ada")
            with pytest.raises(NotFoundError):
                await desk.open("given")
            with pytest.raises(IntegrityError):
                await vault.tokenize(DESK, card(), subject=ada)

    asyncio.run(run())


def test_a_row_moved_to_another_person_or_to_nobody_does_not_open(sqlite: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            desk = Desk(place)
            await desk.fill()
            token = (await desk.vault.tokenize(DESK, card(), subject=desk.people["ada"])).token
            desk.cards["given"] = token, card()
            for subject in (desk.people["bob"], None):
                async with transaction(place.engine) as connection:
                    table = TABLES["tokens"]
                    await connection.execute(table.update().where(table.c.token == token).values(subject=subject))
                with pytest.raises(IntegrityError):
                    await desk.open("given")

    asyncio.run(run())


def test_rotated_keys_seal_persons_cards_anew_and_end(sqlite: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            desk = Desk(place)
            await desk.fill()
            await desk.bind()
            for purpose in KeyPurpose:
                await place.ring.rotate("m1", purpose)
            resealing = Resealing(place.engine, place.ring, place.ring, [place.subjects])
            assert [each.unreadable async for each in resealing.run("m1")][-1] == ()
            assert await resealing.left("m1") == 0 and await desk.all_open()
            versions = {row["key_version"] for row in (await rows(place.engine))["tokens"] if row["tenant"] == "m1"}
            assert versions == {2}
            found = await desk.vault.tokenize(DESK, card(NUMBERS[0]), reuse=True, subject=desk.people["ada"])
            assert found.token == desk.cards["adas"][0]

    asyncio.run(run())


def test_stopped_anywhere_binding_goes_on(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, stops = binding._write, [True, False, True]

    async def stopping(*args: Any) -> int:
        if stops and stops.pop():
            raise KeyboardInterrupt
        done = await real(*args)
        if stops and stops.pop():
            raise KeyboardInterrupt
        return done

    async def run() -> None:
        async with office(sqlite, tmp_path) as place:
            desk = Desk(place)
            await desk.fill()
            monkeypatch.setattr(binding, "_write", stopping)
            for _ in range(2):
                with pytest.raises(KeyboardInterrupt):
                    await desk.bind()
                assert await desk.all_open() and (await desk.whose())["adas"] is None
            assert await desk.bind() == 1
            assert await desk.all_open() and (await desk.whose())["adas"] == "ada"

    asyncio.run(run())
