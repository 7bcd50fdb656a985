"""Whoever has backups from before an erasure and all keys from after it finds nothing of a person whose name they know.

The backup: the database (`VACUUM INTO`, `pg_dump`), what Redis holds, the audit log, the trail and the log of events.
What is looked for: the person's own words; what they and the shop call them, their device and their orders; digests of
all those, and MACs under every key that is left; their stored cards, with all that is on them, and the fingerprints of
their numbers. With the person's key kept back the same search finds them.

Not claimed: the last four digits and the brand of a card are in clear beside its token; a card that was stored for
nobody in particular opens from backups of before it was bound to who ordered with it; devices and addresses in Redis
can be guessed for the day that they are counted (the deployment has no backup of it); a shop's own ids of payments
without an order, and incidents about nobody in particular, are in clear; who knows the number of an order finds that
order and, by its random name, the others of the same backup.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import redis
from sqlalchemy import select

from reference_impl import folder
from reference_impl.cards.model import Card, CardNumber
from reference_impl.crypto.envelope import KEY_BYTES, Place, place_of, unseal
from reference_impl.database import connect, transaction
from reference_impl.errors import IntegrityError
from reference_impl.keys.model import RetrySecret, SubjectKey
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.keys.subjects import SubjectKeys
from reference_impl.migrations import metadata
from reference_impl.secret import Secret
from reference_impl.vault.encoding import decode, fingerprint
from reference_impl.vault.persons import disclosed, mac_of
from reference_impl.vault.writing import SEALED_AS
from tests.reference.ordering import ended, place, wish
from tests.reference.policy_server import PolicyServer
from tests.reference.privacy_shop import CANARY, SAID, Shop, copied, of_trail, restored, shop_at, wait_for_trail
from tests.reference.running import stepped_up

NAME, DEVICE, GROUND = "c-quillfeather-zephyrine", "device-of-c-quillfeather-zephyrine", "it was I, Zephyrine, myself"
REPORTED = "Zephyrine of the Quillfeathers says that somebody else was signed in"
ORDER_KEYS = [f"shop-order-of-quillfeather-{letter}" for letter in "ab"]
BYSTANDER = "c-bystander-of-the-shop"
CARD = {"number": "5555555555554444", "expiry": {"month": 11, "year": 2037}, "holder": "Zephyrina Quillholder"}
ORDERED_WITH = {"number": "6011111111111117", "expiry": {"month": 10, "year": 2038}, "holder": "Zephyra Quillbearer"}
"""Published test numbers: one that is stored, one that comes with an order."""
BYSTANDERS = {"number": "4111111111111111", "expiry": {"month": 9, "year": 2039}, "holder": "Somebody Else"}
THEIRS = {
    ("5555555555554444", 11, 2037, "Zephyrina Quillholder"),
    ("6011111111111117", 10, 2038, "Zephyra Quillbearer"),
}
WORDS = [*SAID, NAME, DEVICE, GROUND, REPORTED, *ORDER_KEYS]
PURPOSES = ("orders.idempotency_key", "orders.request_digest", "fraud_decisions.request_digest", "fraud_devices.digest")
TABLES = metadata().tables
LAPTOP = {"user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "screen": "1920x1080"}


@pytest.fixture(params=["sqlite", "postgresql, redis and kafka"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, policy_server: PolicyServer) -> Iterator[Shop]:
    with shop_at(request, tmp_path, policy_server) as shop:
        yield shop


def live(shop: Shop, customer: str, keys: list[str], **profile: Any) -> str:
    """A profile, a stored card, orders with it and another, an assessment of its own with its appeal, and an incident;
    the profile's id, which is the subject.
    """
    client = shop.till.client
    mine = customer == NAME
    card = CARD if mine else BYSTANDERS
    stored = shop.post("/v1/tokens", {"card": card, "customer": customer}).raise_for_status()
    token = str(stored.json()["token"])
    made = str(shop.post("/v1/profiles", {"customer": customer, "analytics": True, **profile}).json()["id"])
    seen = {"kind": "product.viewed", "details": {"product": "blue canary cage"}}
    shop.post(f"/v1/profiles/{made}/behaviour", seen).raise_for_status()
    device = f"device-of-{customer}"
    for number, key in enumerate(keys):
        paid = {"card": ORDERED_WITH} if number and mine else {"token": token}
        seen_at = {"source": "203.0.113.77", "device": device}
        order = wish(customer=customer, amount=1250 + number, **seen_at, **paid)
        placed = place(client, order, key).raise_for_status().json()
        assert placed["customer"] == customer and ended(client, placed["id"])["customer"] == customer
    bought = {"card": token, "merchant": "shop-1", "amount": 1250, "currency": "EUR", "source": "203.0.113.77"}
    asked = bought | {
        "transaction": f"tx-{made}",
        "customer": customer,
        "device": {"id": device, "fingerprint": LAPTOP},
    }
    assessed = shop.post("/v1/fraud/assessments", asked).raise_for_status().json()["id"]
    shop.post(f"/v1/fraud/assessments/{assessed}/appeal", {"ground": GROUND}).raise_for_status()
    shop.post(f"/v1/fraud/assessments/{assessed}/conclusion", {"overturned": True}, by="grace").raise_for_status()
    said = {"type": "other", "severity": "low", "subject": customer, "details": REPORTED}
    reported = shop.post("/v1/incidents", said).raise_for_status().json()["id"]
    shown = client.get(f"/v1/incidents/{reported}").raise_for_status().json()
    assert (shown["subject"], shown["details"]) == (customer, REPORTED)
    return made


def backup(shop: Shop, where: Path) -> Path:
    """With the audit log, and what is in Redis."""
    copied(shop, where)
    shutil.copytree(shop.till.settings.data_folder / "audit", where / "audit")
    if url := shop.till.settings.redis_url:
        client = redis.Redis.from_url(url)
        client.config_set("rdbcompression", "no")
        client.save()
        told = Path(client.config_get("dir")["dir"]) / client.config_get("dbfilename")["dbfilename"]
        shutil.copy(told, where / "dump.rdb")
        client.close()
    return where


class Held(NamedTuple):
    """Everything somebody may have: the backup, the database in it, and keys."""

    copy: Path
    ring: KeyRing
    subjects: SubjectKeys
    people: list[SubjectKey]
    retries: list[RetrySecret]
    rows: dict[str, list[dict[str, Any]]]

    def texts(self) -> Iterator[tuple[Path, bytes]]:
        """What is in files; some of Kafka's are megabytes of nothing."""
        for path in _files(self.copy):
            if text := path.read_bytes().rstrip(b"\0"):
                yield path, text


@asynccontextmanager
async def attacker(shop: Shop, copy: Path, url: str, store_url: str) -> AsyncIterator[Held]:
    """With the store of keys at that place."""
    engine = connect(url)
    try:
        async with SubjectKeyStore.open(store_url) as store:
            ring = KeyRing(KeyStore(engine), folder.wrapper_of(shop.till.settings))
            subjects = SubjectKeys(store, ring)
            left = await store._find()
            people = [await subjects.for_opening(key.tenant, key.subject) for key in left]
            secrets = await store.retry_secrets(datetime.now(timezone.utc).date(), bytes(KEY_BYTES))
            async with transaction(engine) as connection:
                rows = {
                    name: [dict(row) for row in (await connection.execute(select(table))).mappings()]
                    for name, table in TABLES.items()
                }
            yield Held(copy, ring, subjects, people, [RetrySecret(Secret(one)) for one in secrets], rows)
    finally:
        await engine.dispose()


async def guesses(held: Held) -> dict[bytes, str]:
    """What the words of the person would be stored as, under every key there is, and under none."""
    macs = [key.key.reveal() for key in await held.ring.for_fingerprints("demo")]
    macs += [part.reveal() for key in held.people for part in (key.mac, key.blind)]
    macs += [secret.key.reveal() for secret in held.retries]
    made: dict[bytes, str] = {}
    for word in (NAME, DEVICE, *ORDER_KEYS):
        texts = [word, f"demo\0{word}", f"demo/{word}", f"demo:{word}", *(f"{one}\0{word}" for one in PURPOSES)]
        hashes = [hashlib.sha256(text.encode()).digest() for text in texts]
        hashes += [hmac.new(mac, text.encode(), hashlib.sha256).digest() for mac in macs for text in texts]
        hidden = [key.hidden(purpose, word) for key in held.people for purpose in PURPOSES]
        hidden += [secret.hidden("demo", word) for secret in held.retries]
        for each in hashes:
            made |= {each: word, each.hex().encode(): word, each.hex()[:32].encode(): word}
        made |= {text.encode(): word for text in hidden}
    return made


async def found(held: Held) -> set[str]:
    """What is found of the person whom the words are of. A device is not looked for in Redis; see above."""
    tried, seen = await guesses(held), set[str]()
    for path, text in held.texts():
        seen |= {word for word in WORDS if word.encode() in text or word.encode().hex().encode() in text}
        for guess, word in tried.items():
            if guess in text and not (path.name == "dump.rdb" and word == DEVICE):
                seen.add(f"{word} (guessed)")
    if await held.subjects.find("demo", NAME) is not None:
        seen.add("who it is")
    return seen


def opened(held: Held, table: str, subject: str, rows: list[dict[str, Any]], row: str) -> list[str]:
    """What is sealed in these rows, and opens with any key there is."""
    plain = []
    for each in rows:
        place_ = place_of("demo", subject, table, each[row] if row else "")
        for key in held.people:
            with suppress(IntegrityError):
                plain.append(unseal(key.cipher, each["sealed"], place_).decode())
    return plain


async def cards_of(held: Held) -> list[Card]:
    """All stored cards that open."""
    cards = []
    for row in held.rows["tokens"]:
        place_ = Place("demo", row["token"], SEALED_AS)
        plain = unseal(await held.ring.for_opening("demo", row["key_version"]), row["sealed_card"], place_)
        with suppress(IntegrityError):
            cards.append(decode(plain))
        for key in held.people:
            with suppress(IntegrityError):
                cards.append(decode(disclosed(key, plain, place_)))
    return cards


def plain_of(card: Card) -> tuple[str, int, int, str | None]:
    return (
        card.number.reveal(),
        card.expiry.month,
        card.expiry.year,
        None if card.holder is None else card.holder.reveal(),
    )


async def numbers_of(held: Held) -> list[str]:
    """Numbers of the person's cards that a fingerprint gives away to who tries them under every key there is."""
    stored = {bytes(row["fingerprint"]) for row in held.rows["fingerprints"]}
    macs = [*await held.ring.for_fingerprints("demo"), *(mac_of(key) for key in held.people)]
    return [
        number for number, *_ in sorted(THEIRS) for mac in macs if fingerprint(mac, CardNumber.parse(number)) in stored
    ]


def sealed_of(held: Held, subject: str) -> list[str]:
    """Everything of a person that opens."""
    mine = {
        name: [row for row in rows if subject in (row.get("customer"), row.get("subject"))]
        for name, rows in held.rows.items()
    }
    decisions = {row["id"] for row in mine["fraud_decisions"]}
    reviews = [row for row in held.rows["fraud_reviews"] if row["decision"] in decisions]
    assert len(mine["orders"]) == 2 and mine["fraud_devices"] and reviews and mine["gdpr_profiles"], (
        "it is in the backup"
    )
    return [
        *opened(held, "gdpr_profiles", subject, mine["gdpr_profiles"], ""),
        *opened(held, "gdpr_behaviour", subject, mine["gdpr_behaviour"], "id"),
        *opened(held, "fraud_devices", subject, mine["fraud_devices"], "digest"),
        *opened(held, "fraud_reviews", subject, reviews, "id"),
        *opened(held, "incidents", subject, mine["incidents"], ""),
    ]


def test_a_backup_leads_to_nobody_who_was_erased(shop: Shop, tmp_path: Path) -> None:
    stepped_up(shop.till)
    canary = live(shop, NAME, ORDER_KEYS, **CANARY)
    bystander = live(shop, BYSTANDER, ["order-of-bystander-a", "order-of-bystander-b"], name="Somebody Else")
    wait_for_trail(shop.till, 12)
    copy = backup(shop, tmp_path / "copy")
    kept_back = tmp_path / "kept-back.db"
    settings = shop.till.settings
    shutil.copy(settings.data_folder / "subject-keys.db", kept_back)
    shutil.copy(settings.data_folder / "subject-keys.db-wal", f"{kept_back}-wal")
    told = shop.fulfilled("erasure", NAME)["request"]["outcome"]
    assert "leads to nobody" in told["backups_hold"] and told["backups_until"]
    url, now = restored(shop, copy), folder.subject_keys_url(settings)

    async def run() -> None:
        async with SubjectKeyStore.open(now) as store:  # two days later
            later = datetime.now(timezone.utc).date() + timedelta(days=2)
            await store.retry_secrets(later, bytes(KEY_BYTES))
        async with attacker(shop, copy, url, now) as held:
            assert await found(held) == set()
            assert sealed_of(held, canary) == []
            assert len(held.rows["tokens"]) == len(THEIRS) + 1
            assert [plain_of(card)[3] for card in await cards_of(held)] == ["Somebody Else"]
            assert await numbers_of(held) == []
            events = [one.message.headers.get("subject") for one in of_trail(copy / "trail")]
            assert canary in events and bystander in events
            await the_bystander_is_whole(held, bystander)
        async with attacker(shop, copy, url, f"sqlite+aiosqlite:///{kept_back}") as held:
            assert {plain_of(card) for card in await cards_of(held)} >= THEIRS
            assert set(await numbers_of(held)) == {number for number, *_ in THEIRS}
            seen = await found(held)
            assert seen == {"who it is", *(f"{key} (guessed)" for key in ORDER_KEYS)}, "the search would find them"
            plain = " ".join(sealed_of(held, canary))
            assert CANARY["email"] in plain and DEVICE in plain and GROUND in plain and REPORTED in plain

    asyncio.run(run())


async def the_bystander_is_whole(held: Held, bystander: str) -> None:
    """Under the name that the shop has for them, with all that is sealed."""
    assert await held.subjects.find("demo", BYSTANDER) == bystander
    key = await held.subjects.for_opening("demo", bystander)
    assert key.customer == BYSTANDER
    theirs = {row["idempotency_key"] for row in held.rows["orders"] if row["customer"] == bystander}
    assert theirs == {key.hidden("orders.idempotency_key", f"order-of-bystander-{letter}") for letter in "ab"}
    plain = " ".join(sealed_of(held, bystander))
    assert "Somebody Else" in plain and f"device-of-{BYSTANDER}" in plain and GROUND in plain


def test_blocked_under_their_name_and_stored_under_none(shop: Shop) -> None:
    stepped_up(shop.till)
    token, client = shop.till.token(), shop.till.client
    subject = shop.post("/v1/profiles", {"customer": NAME}).raise_for_status().json()["id"]
    breach = {"type": "data_breach", "severity": "high", "subject": NAME, "details": "an account was taken over"}
    told = shop.post("/v1/incidents", {**breach, "accounts": [{"kind": "customer", "name": NAME}]})
    view = told.raise_for_status().json()
    assert view["subject"] == NAME and view["measures"][0]["account"]["name"] == NAME
    refused = place(client, wish(token, customer=NAME))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "account_blocked")
    assert place(client, wish(token, customer=BYSTANDER)).status_code == 201

    async def stored() -> list[Any]:
        engine = connect(folder.database_url(shop.till.settings))
        async with transaction(engine) as connection:
            names = [await connection.scalar(select(TABLES["incidents"].c.subject))]
            names += await connection.scalars(select(TABLES["measures"].c.account))
        await engine.dispose()
        return names

    assert asyncio.run(stored()) == [subject, subject]
    assert NAME.encode() not in b"".join(path.read_bytes() for path in _files(shop.till.settings.data_folder / "audit"))


def _files(place_: Path) -> list[Path]:
    return [path for path in place_.rglob("*") if path.is_file()]
