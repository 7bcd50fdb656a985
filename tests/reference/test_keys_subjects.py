"""Keys of persons: made once, found again, sealed with the tenant's newest key, and gone when they are removed."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from reference_impl.crypto.envelope import Place, seal, unseal
from reference_impl.database import connect, transaction
from reference_impl.errors import IntegrityError, InvalidInputError
from reference_impl.events.local import LocalLog
from reference_impl.events.outbox import Outbox, Relay
from reference_impl.events.sealing import SUBJECT, Sealer
from reference_impl.events.store import OUTBOX
from reference_impl.keys.model import SUBJECT_KEY_VERSION, KeyName, Purpose, is_subject, new_subject
from reference_impl.keys.retries import DailySecrets
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.keys.subjects import SubjectKeys
from reference_impl.migrations import migrate
from reference_impl.vault.resealing import Resealing
from tests.reference.event_logs import order
from tests.reference.gdpr_parts import Time
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.people import People

PLACE = Place("m1", "something", "test")


class Keys(NamedTuple):
    subjects: SubjectKeys
    store: SubjectKeyStore
    ring: KeyRing
    resealing: Resealing
    clock: Time

    def another(self) -> SubjectKeys:
        """Of another process."""
        return SubjectKeys(self.store, self.ring, self.clock)


@asynccontextmanager
async def keys(url: str, store_url: str) -> AsyncIterator[Keys]:
    await migrate(url)
    engine, clock = connect(url), Time()
    try:
        async with SubjectKeyStore.open(store_url) as store:
            ring = KeyRing(KeyStore(engine), MemoryWrapper(), clock=clock)
            subjects = SubjectKeys(store, ring, clock)
            yield Keys(subjects, store, ring, Resealing(engine, ring, ring, [subjects]), clock)
    finally:
        await engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of the store of keys."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'subject-keys.db'}"
    url: str = request.getfixturevalue("postgres").database()
    return url


def test_each_person_has_one_key(sqlite: str, store_url: str) -> None:
    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            found = await one.subjects.for_sealing("m1", ["a", "b"])
            again = await one.another().for_sealing("m1", ["b", "c"])
            elsewhere = await one.subjects.for_sealing("m2", ["a"])
            assert again["b"].subject == found["b"].subject
            assert len({key.subject for key in (*found.values(), *again.values(), *elsewhere.values())}) == 4
            sealed = seal(found["a"].cipher, SUBJECT_KEY_VERSION, b"of a", PLACE)
            other = await one.another().for_opening("m1", found["a"].subject)
            assert unseal(other.cipher, sealed, PLACE) == b"of a"
            assert other.mac.reveal() == found["a"].mac.reveal()
            for key in (found["b"], elsewhere["a"]):
                with pytest.raises(IntegrityError):
                    unseal(key.cipher, sealed, PLACE)
            assert await one.subjects.find("m1", "a") == found["a"].subject
            assert await one.subjects.customer("m1", found["a"].subject) == "a"
            assert await one.subjects.customer("m2", found["a"].subject) is None
            assert await one.subjects.find("m1", "nobody") is None

    asyncio.run(run())


def test_many_at_once_end_with_the_same_key(sqlite: str, store_url: str) -> None:
    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            processes = [one.another() for _ in range(6)]
            found = await asyncio.gather(*(each.for_sealing("m1", ["a", "b", "c"]) for each in processes))
            assert len({tuple(sorted(key.subject for key in each.values())) for each in found}) == 1

    asyncio.run(run())


def test_what_is_removed_is_gone_and_another_person_is_not(sqlite: str, store_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            found = await one.subjects.for_sealing("m1", ["somebody-gone", "b"])
            gone = found["somebody-gone"].subject
            assert await one.subjects.destroy("m1", gone)
            assert not await one.subjects.destroy("m1", gone) and not await one.subjects.destroy(
                "m2", found["b"].subject
            )
            for each in (one.subjects, one.another()):
                with pytest.raises(IntegrityError, match="erased"):
                    await each.for_opening("m1", gone)
                await each.for_opening("m1", found["b"].subject)
            assert (await one.subjects.for_sealing("m1", ["somebody-gone"]))["somebody-gone"].subject != gone
            for file in tmp_path.glob("subject-keys.db*"):
                assert gone.encode() not in file.read_bytes()

    asyncio.run(run())


def test_a_tenants_older_key_goes_when_persons_keys_are_resealed(sqlite: str, store_url: str) -> None:
    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            before = (await one.subjects.for_sealing("m1", ["a"]))["a"]
            old = KeyName("m1", Purpose.DATA, 1)
            assert await one.resealing.in_use(old), "it is not destroyed while a person's key needs it"
            await one.ring.rotate("m1")
            one.clock.now += timedelta(hours=1)
            assert old in await one.resealing.retire("m1")
            after = await one.another().for_opening("m1", before.subject)
            assert after.mac.reveal() == before.mac.reveal()
            assert [key.key_version for key in await one.store.of_subjects("m1", [before.subject])] == [2]
            with pytest.raises(IntegrityError):
                await one.ring.for_opening("m1", 1)

    asyncio.run(run())


def test_events_that_name_a_person_end_with_the_key(sqlite: str, store_url: str) -> None:
    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            event = order("m1")
            sealer = Sealer(one.ring, one.subjects)
            message = await sealer.seal(event)
            subject = message.headers[SUBJECT]
            opened = await Sealer(one.ring, one.another()).open(message)
            assert opened == event.model_copy(update={"customer": subject}), "of an older one: without the name"
            stripped = {name: value for name, value in message.headers.items() if name != SUBJECT}
            for headers in (stripped, message.headers | {SUBJECT: new_subject()}):
                changed = type(message)(message.key, message.value, headers)
                with pytest.raises(IntegrityError):
                    await sealer.open(changed)
            odd = type(message)(message.key, message.value, message.headers | {SUBJECT: "4111111111111111"})
            with pytest.raises(InvalidInputError):
                await sealer.open(odd)
            with pytest.raises(InvalidInputError):
                await Sealer(one.ring).open(message)
            plain = await Sealer(one.ring).seal(event)
            assert SUBJECT not in plain.headers and await sealer.open(plain) == event, "what was sealed before opens"
            await one.subjects.destroy("m1", subject)
            with pytest.raises(IntegrityError, match="erased"):
                await sealer.open(message)

    asyncio.run(run())


def test_a_key_that_does_not_open_holds_up_no_other(sqlite: str, tmp_path: Path) -> None:
    """The event of its person is refused, as one that fits no schema is; all others leave."""

    async def run() -> None:
        url = f"sqlite+aiosqlite:///{tmp_path / 'subject-keys.db'}"
        async with keys(sqlite, url) as one:
            bad, good = (order("m1").model_copy(update={"customer": name}) for name in ("bad", "good"))
            await one.subjects.for_sealing("m1", ["bad", "good"])
            with closing(sqlite3.connect(tmp_path / "subject-keys.db")) as database:
                database.execute("UPDATE subject_keys SET sealed = zeroblob(80) WHERE customer = 'bad'")
                database.commit()
            engine = connect(sqlite)
            sealer = Sealer(one.ring, one.another())
            async with transaction(engine) as connection:
                await Outbox(sealer).add(connection, [bad, good])
            async with LocalLog.open(tmp_path / "log") as log:
                assert await Relay(engine, log, sealer).once() == 2
            async with transaction(engine) as connection:
                rows = (await connection.execute(select(OUTBOX.c.id, OUTBOX.c.refused, OUTBOX.c.payload))).all()
            assert {row.id: row.refused for row in rows} == {bad.id: "integrity_error", good.id: None}
            assert [row.payload for row in rows if row.id == good.id] == [b""], "no copy in clear stays"
            await engine.dispose()

    asyncio.run(run())


def test_what_is_not_sent_yet_has_nothing_of_a_person_in_clear(sqlite: str, store_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            subject, sealer = (await one.subjects.of("m1", "somebody")).subject, Sealer(one.ring, one.subjects)
            about = {"customer": subject, "device": "device-of-somebody", "source": ip_address("198.51.100.77")}
            event, engine = order("m1").model_copy(update=about), connect(sqlite)
            async with transaction(engine) as connection:
                await Outbox(sealer).add(connection, [event])
                row = (await connection.execute(select(OUTBOX))).one()
            assert row.subject == subject
            assert not any(word in repr(tuple(row)) for word in ("device-of", "198.51", event.card))
            async with LocalLog.open(tmp_path / "log") as log:
                assert await Relay(engine, log, sealer).once() == 1
                async with log.subscribe(["order.created"], "reader") as subscription:
                    (received,) = await subscription.take(1, 5)
            assert received.message.headers == (await sealer.seal(event)).headers
            assert await sealer.open(received.message) == event
            await engine.dispose()

    asyncio.run(run())


def test_a_store_knows_itself(store_url: str) -> None:
    async def run() -> None:
        async with SubjectKeyStore.open(store_url) as one, SubjectKeyStore.open(store_url) as other:
            assert one.name == other.name and len(one.name) == 32

    asyncio.run(run())


def test_names_say_nothing() -> None:
    assert is_subject(new_subject()) and not is_subject("sub_4111111111111111aaaaaa") and not is_subject("sub_")


def test_secrets_of_a_day_are_the_same_for_all_and_gone_after_two(sqlite: str, store_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            clock = Time()
            mine, theirs = DailySecrets(one.store, clock), DailySecrets(one.store, clock)
            (first,) = [each.hidden("m1", "key") for each in await mine.current()]
            assert [each.hidden("m1", "key") for each in await theirs.current()] == [first]
            assert first != (await mine.current())[0].hidden("m2", "key")
            clock.on(2026, 11, 23)
            second, before = [each.hidden("m1", "key") for each in await mine.current()]
            assert before == first != second
            clock.on(2026, 11, 24)
            assert first not in [each.hidden("m1", "key") for each in await mine.current()]
            assert len(await one.store.retry_secrets(clock().date(), b"another")) == 2

    asyncio.run(run())


def test_a_name_is_remembered_until_the_key_is_destroyed(sqlite: str, store_url: str) -> None:
    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            (first, *others) = await asyncio.gather(*(one.subjects.of("m1", "a") for _ in range(5)))
            assert {each.subject for each in others} == {first.subject} and first.customer == "a"
            assert await one.subjects.remembered("m1", "a") is first
            known = await one.subjects.existing([("m1", first.subject), ("m1", "sub_nobody"), ("m2", first.subject)])
            assert list(known) == [("m1", first.subject)]
            await one.subjects.destroy("m1", first.subject)
            assert (await one.subjects.remembered("m1", "a")).subject != first.subject
            assert await one.another().existing([("m1", first.subject)]) == {}

    asyncio.run(run())


def test_what_is_hidden_is_of_a_person_and_a_purpose() -> None:
    async def run() -> None:
        people = People()
        one, other = await people.of("m1", "a"), await people.of("m1", "b")
        made = {one.hidden("x", "key"), one.hidden("y", "key"), one.hidden("x", "key-2"), other.hidden("x", "key")}
        assert len(made) == 4 and one.hidden("x", "key") in made
        assert all(len(each) == 64 and each.isalpha() for each in made), "no digits: none passes for a card's"

    asyncio.run(run())


def test_an_event_of_who_was_erased_is_sealed_for_the_tenant(sqlite: str, store_url: str) -> None:
    """An order that was on its way when the key went: nothing in it leads to anybody, and it comes to its end."""

    async def run() -> None:
        async with keys(sqlite, store_url) as one:
            subject = (await one.subjects.of("m1", "a")).subject
            event, sealer = order("m1").model_copy(update={"customer": subject}), Sealer(one.ring, one.subjects)
            assert (await sealer.seal(event)).headers["subject"] == subject
            await one.subjects.destroy("m1", subject)
            message = await sealer.seal(event)
            assert "subject" not in message.headers and await sealer.open(message) == event
            assert await one.subjects.find("m1", subject) is None, "and no key is made"

    asyncio.run(run())
