"""The vault on SQLite and PostgreSQL: who may do what, what is recorded, what is kept."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.auth.model import PCI_ACCESS, Caller
from reference_impl.cards.model import Card
from reference_impl.database import connect, transaction
from reference_impl.errors import (
    ForbiddenError,
    IntegrityError,
    InvalidInputError,
    NotFoundError,
    ServiceError,
    StepUpRequiredError,
    UnavailableError,
)
from reference_impl.migrations import upgrade
from reference_impl.vault.model import Purpose, StoredCard, is_token, new_token
from reference_impl.vault.service import Vault
from reference_impl.vault.store import FINGERPRINTS, TOKENS
from tests.reference.memory_log import MemoryLog
from tests.reference.vault_doubles import NUMBERS, DerivedKeys, caller, card, same

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


@dataclass
class World:
    vault: Vault
    engine: AsyncEngine
    keys: DerivedKeys
    log: MemoryLog

    async def rows(self) -> list[dict[str, object]]:
        async with transaction(self.engine) as connection:
            return [dict(row._mapping) for row in await connection.execute(select(TOKENS))]

    async def fingerprints(self) -> list[dict[str, object]]:
        async with transaction(self.engine) as connection:
            return [dict(row._mapping) for row in await connection.execute(select(FINGERPRINTS))]


@asynccontextmanager
async def world(url: str) -> AsyncIterator[World]:
    engine = connect(url)
    await upgrade(engine)
    keys, log = DerivedKeys(b"tests"), MemoryLog()
    yield World(Vault(engine, keys, log, lambda: NOW), engine, keys, log)
    await engine.dispose()


def run(url: str, test: Callable[[World], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        async with world(url) as w:
            await test(w)

    asyncio.run(all_of_it())


def test_a_card_comes_back_as_it_was(database_url: str) -> None:
    async def test(w: World) -> None:
        for one in (card(), card(NUMBERS[2], None), card(NUMBERS[1], ""), card(NUMBERS[3], "Žofie Řehořová-" * 30)):
            stored = await w.vault.tokenize(caller(), one)
            assert is_token(stored.token)
            assert (stored.last_four, stored.brand) == (one.number.last_four, one.number.brand)
            assert stored.created_at == NOW
            assert await w.vault.describe(caller(), stored.token) == stored
            assert same(await w.vault.detokenize(caller(), stored.token, Purpose.DISPUTE), one)
            assert same(await w.vault.charge_card(caller(), stored.token, Purpose.PAYMENT_PROCESSING), one)

    run(database_url, test)


def test_every_use_is_recorded_with_its_purpose(database_url: str) -> None:
    async def test(w: World) -> None:
        token = (await w.vault.tokenize(caller(), card())).token
        assert w.log.last == ("token.create", "success", token, "")
        await w.vault.describe(caller(), token)
        assert w.log.last == ("token.read", "success", token, "")
        await w.vault.detokenize(caller(), token, Purpose.MIGRATION)
        assert w.log.last == ("token.detokenize", "success", token, "migration")
        await w.vault.charge_card(caller(), token, Purpose.REFUND)
        assert w.log.last == ("token.charge", "success", token, "refund")
        await w.vault.delete(caller(), token)
        assert w.log.last == ("token.delete", "success", token, "")
        event = w.log.events[-1]
        assert (event.user, event.origin, event.tenant, event.request_id) == ("ada", "192.0.2.7", "acme", "request-1")
        assert event.at == NOW

    run(database_url, test)


@pytest.mark.parametrize(
    ("roles", "stepped_up", "error", "code"),
    [
        ({"checkout", "vault_admin", "support"}, True, ForbiddenError, "forbidden"),
        ({PCI_ACCESS}, False, StepUpRequiredError, "step_up_required"),
        (set(), True, ForbiddenError, "forbidden"),
        ({"root"}, True, ForbiddenError, "forbidden"),
    ],
)
def test_detokenizing_wants_the_role_and_a_second_factor(
    database_url: str, roles: set[str], stepped_up: bool, error: type[ServiceError], code: str
) -> None:
    async def test(w: World) -> None:
        token = (await w.vault.tokenize(caller(), card())).token
        who = caller(roles=frozenset(roles), stepped_up=stepped_up)
        with pytest.raises(error) as caught:
            await w.vault.detokenize(who, token, Purpose.REFUND)
        assert caught.type is error
        assert w.log.last == ("token.detokenize", "denied", token, code)

    run(database_url, test)


def test_who_has_no_role_may_do_nothing(database_url: str) -> None:
    async def test(w: World) -> None:
        token = (await w.vault.tokenize(caller(), card())).token
        nobody = caller(roles=frozenset())
        for call in (
            lambda: w.vault.tokenize(nobody, card()),
            lambda: w.vault.describe(nobody, token),
            lambda: w.vault.detokenize(nobody, token, Purpose.REFUND),
            lambda: w.vault.charge_card(nobody, token, Purpose.REFUND),
            lambda: w.vault.delete(nobody, token),
        ):
            before = len(w.log.events)
            with pytest.raises(ForbiddenError):
                await call()
            assert [event.outcome.value for event in w.log.events[before:]] == ["denied"]
        assert len(await w.rows()) == 1

    run(database_url, test)


def test_a_charge_has_the_purpose_of_a_charge(database_url: str) -> None:
    async def test(w: World) -> None:
        token = (await w.vault.tokenize(caller(), card())).token
        for purpose in (Purpose.DISPUTE, Purpose.MIGRATION):
            with pytest.raises(ForbiddenError):
                await w.vault.charge_card(caller(), token, purpose)
            assert w.log.last == ("token.charge", "denied", token, "forbidden")

    run(database_url, test)


def test_nothing_is_handed_out_unrecorded(database_url: str) -> None:
    async def test(w: World) -> None:
        token = (await w.vault.tokenize(caller(), card())).token
        w.log.failing = True
        for call in (
            lambda: w.vault.tokenize(caller(), card(NUMBERS[1])),
            lambda: w.vault.describe(caller(), token),
            lambda: w.vault.detokenize(caller(), token, Purpose.REFUND),
            lambda: w.vault.charge_card(caller(), token, Purpose.REFUND),
            lambda: w.vault.delete(caller(), token),
        ):
            with pytest.raises(UnavailableError):
                await call()
        w.log.failing = False
        assert [row["token"] for row in await w.rows()] == [token]
        assert len(await w.fingerprints()) == 1
        assert same(await w.vault.detokenize(caller(), token, Purpose.REFUND), card())

    run(database_url, test)


def test_a_deleted_card_is_gone(database_url: str) -> None:
    async def test(w: World) -> None:
        token = (await w.vault.tokenize(caller(), card())).token
        deletion = await w.vault.delete(caller(), token)
        assert (deletion.token, deletion.deleted_at) == (token, NOW)
        assert deletion.backups_until == NOW + timedelta(days=35)
        assert "backups" in deletion.backups_hold
        for call in (
            lambda: w.vault.describe(caller(), token),
            lambda: w.vault.detokenize(caller(), token, Purpose.REFUND),
            lambda: w.vault.delete(caller(), token),
        ):
            with pytest.raises(NotFoundError):
                await call()
            assert w.log.last[1] == "failure"
            assert w.log.last[3] == "not_found"
        (row,) = await w.rows()
        assert (row["sealed_card"], row["last_four"], row["brand"]) == (b"", "", "")
        assert row["deleted_at"] == NOW
        assert await w.fingerprints() == []
        again = await w.vault.tokenize(caller(), card(), reuse=True)
        assert again.token != token

    run(database_url, test)


def test_what_is_no_token_is_neither_looked_up_nor_recorded(database_url: str) -> None:
    async def test(w: World) -> None:
        for wrong in (NUMBERS[0], "", "tok_", new_token() + "x", "tok_" + "é" * 43, new_token() + "\n", "tok_' OR 1=1"):
            for call in (
                lambda wrong=wrong: w.vault.describe(caller(), wrong),
                lambda wrong=wrong: w.vault.detokenize(caller(), wrong, Purpose.REFUND),
                lambda wrong=wrong: w.vault.delete(caller(), wrong),
            ):
                with pytest.raises(NotFoundError) as caught:
                    await call()
                assert not wrong or wrong not in str(caught.value)
                assert w.log.last[2:] == ("token", "not_found")

    run(database_url, test)


def test_a_card_that_is_known_gets_its_token_again(database_url: str) -> None:
    async def test(w: World) -> None:
        first = await w.vault.tokenize(caller(), card())
        assert await w.vault.tokenize(caller(), card(holder="Another"), reuse=True) == first
        assert w.log.last == ("token.create", "success", first.token, "")
        other = await w.vault.tokenize(caller(), card())
        assert other.token != first.token
        elsewhere = await w.vault.tokenize(caller("other"), card(), reuse=True)
        assert elsewhere.token != first.token
        w.keys.fingerprint_version = 2  # rotated: found by the older fingerprint, and marked with the newer one
        assert await w.vault.tokenize(caller(), card(), reuse=True) == first
        assert {row["key_version"] for row in await w.fingerprints() if row["tenant"] == "acme"} == {1, 2}

    run(database_url, test)


def test_many_at_once_who_want_one_token_get_one(database_url: str) -> None:
    async def test(w: World) -> None:
        second = Vault(connect(database_url), w.keys, w.log)  # as another process would
        vaults = [w.vault, second] * 40
        wishes = [vault.tokenize(caller(), card(), reuse=True) for vault in vaults]
        tokens = {stored.token for stored in await asyncio.gather(*wishes)}
        assert len(tokens) == 1
        assert len(await w.rows()) == 1
        await second._engine.dispose()

    run(database_url, test)


def test_two_processes_that_store_the_same_cards_do_not_block_each_other(database_url: str) -> None:
    async def test(w: World) -> None:
        second = Vault(connect(database_url), w.keys, w.log)
        both = [
            vault.tokenize(caller(), card(number), reuse=bool(place % 3))
            for vault, numbers in ((w.vault, NUMBERS), (second, NUMBERS[::-1]))
            for place, number in enumerate(numbers * 20)
        ]
        await asyncio.gather(*both)
        assert len(await w.fingerprints()) == len(NUMBERS)
        await second._engine.dispose()

    run(database_url, test)


def test_a_token_that_is_deleted_while_it_is_given_out_again(database_url: str) -> None:
    """Whoever is told of a token either has a card behind it, or it was deleted after all."""

    async def test(w: World) -> None:
        second = Vault(connect(database_url), w.keys, w.log)
        token, deleted = (await w.vault.tokenize(caller(), card())).token, set[str]()
        for _ in range(60):
            wishes = (w.vault.tokenize(caller(), card(), reuse=True) for _ in range(3))
            *stored, _deletion = await asyncio.gather(*wishes, second.delete(caller(), token))
            deleted.add(token)
            for each in stored:
                if each.token not in deleted:
                    assert same(await w.vault.detokenize(caller(), each.token, Purpose.REFUND), card())
            token = (await w.vault.tokenize(caller(), card(), reuse=True)).token
            assert token not in deleted
        await second._engine.dispose()

    run(database_url, test)


def test_what_comes_at_once_is_written_at_once(database_url: str) -> None:
    async def test(w: World) -> None:
        stored = await asyncio.gather(*(w.vault.tokenize(caller(), card(NUMBERS[n % 5])) for n in range(100)))
        assert len({each.token for each in stored}) == 100
        assert len(w.log.batches) <= 4
        assert sum(w.log.batches) == w.keys.seals == 100
        for n, each in enumerate(stored):
            assert same(await w.vault.detokenize(caller(), each.token, Purpose.REFUND), card(NUMBERS[n % 5]))

    run(database_url, test)


def _refused(w: World, url: str) -> Caller:
    """Somebody whose rows this database does not take."""
    return caller("a\0b") if url.startswith("postgresql") else caller("refused")


def test_one_that_cannot_be_stored_fails_alone(database_url: str) -> None:
    async def test(w: World) -> None:
        if database_url.startswith("sqlite"):
            async with transaction(w.engine) as connection:
                rule = "BEFORE INSERT ON tokens WHEN NEW.tenant = 'refused' BEGIN SELECT RAISE(ABORT, 'no'); END"
                await connection.execute(text(f"CREATE TRIGGER refuse {rule}"))
        w.keys.failing.add("locked")
        bad: dict[int, tuple[Caller, Card, type[Exception]]] = {
            3: (_refused(w, database_url), card(), ServiceError),
            7: (caller("locked"), card(), UnavailableError),
            9: (caller(), card(holder="x" * 1025), InvalidInputError),
            11: (caller(), card(holder="\ud800"), InvalidInputError),
        }
        wishes = [w.vault.tokenize(*bad[n][:2] if n in bad else (caller(), card())) for n in range(20)]
        outcomes = await asyncio.gather(*wishes, return_exceptions=True)
        for n, outcome in enumerate(outcomes):
            if n in bad:
                assert type(outcome) is bad[n][2]
            else:
                assert isinstance(outcome, StoredCard)
                assert same(await w.vault.detokenize(caller(), outcome.token, Purpose.REFUND), card())
        assert len(await w.rows()) == 16
        created = [event for event in w.log.events if event.action == "token.create"]
        assert sum(event.outcome.value == "failure" for event in created) == 4
        recorded = Counter(event.resource for event in created if event.outcome.value == "success")
        stored = [outcome.token for outcome in outcomes if isinstance(outcome, StoredCard)]
        assert len(stored) == 16 and all(recorded[token] == 1 for token in stored)

    run(database_url, test)


def test_a_caller_who_leaves_takes_nobody_along(database_url: str) -> None:
    async def test(w: World) -> None:
        tasks = [asyncio.create_task(w.vault.tokenize(caller(), card())) for _ in range(10)]
        await asyncio.sleep(0)
        tasks[4].cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(outcomes.pop(4), asyncio.CancelledError)
        assert all(isinstance(outcome, StoredCard) for outcome in outcomes)

    run(database_url, test)


def test_a_row_says_nothing_of_the_card_but_four_digits_and_brand(database_url: str) -> None:
    async def test(w: World) -> None:
        await w.vault.tokenize(caller(), card())
        await w.vault.tokenize(caller(), card(NUMBERS[2], None))
        rows = await w.rows()
        assert set(rows[0]) == {
            *("tenant", "token", "sealed_card", "key_version"),
            *("last_four", "brand", "created_at", "deleted_at", "subject"),
        }
        assert len({len(row["sealed_card"]) for row in rows}) == 1  # type: ignore[arg-type]
        stored = repr(rows) + repr(await w.fingerprints())
        assert not re.search(r"[0-9]{13}|2030|Lovelace", stored)

    run(database_url, test)


def test_retired_keys_still_open_and_new_ones_seal(database_url: str) -> None:
    async def test(w: World) -> None:
        old = (await w.vault.tokenize(caller(), card())).token
        w.keys.version = 2
        new = (await w.vault.tokenize(caller(), card())).token
        assert {row["token"]: row["key_version"] for row in await w.rows()} == {old: 1, new: 2}
        for token in (old, new):
            assert same(await w.vault.detokenize(caller(), token, Purpose.REFUND), card())
        await w.keys.destroy("acme")
        for token in (old, new):
            with pytest.raises(IntegrityError):
                await w.vault.detokenize(caller(), token, Purpose.REFUND)
            assert w.log.last == ("token.detokenize", "failure", token, "integrity_error")

    run(database_url, test)


def test_no_type_has_a_place_for_a_verification_code() -> None:
    names = {field.name for field in (*fields(Card), *fields(StoredCard))} | {*TOKENS.c.keys(), *FINGERPRINTS.c.keys()}
    assert not [name for name in names if re.search("code|cvv|cvc|cid|track|pin", name)]
