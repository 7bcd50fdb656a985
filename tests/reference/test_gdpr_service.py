"""A person's whole way through the running service: profile, orders, requests, erasure, and what copies still say."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import redis
from cryptography.exceptions import InvalidTag
from joserfc import jwe
from joserfc.jwk import OctKey
from sqlalchemy import select

from reference_impl import folder
from reference_impl.crypto.envelope import unseal
from reference_impl.database import connect, transaction
from reference_impl.demo import access_token
from reference_impl.errors import IntegrityError
from reference_impl.events import segments
from reference_impl.events.sealing import SUBJECT, Sealer
from reference_impl.gdpr.collecting import SCHEMA_FILE, place_of
from reference_impl.gdpr.store import PROFILES
from reference_impl.keys.model import SubjectKeys as SubjectKeysProtocol
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.keys.subjects import SubjectKeys
from tests.reference.ordering import ended, kafka, place, wish
from tests.reference.paying import Till, till_at
from tests.reference.policy_server import PolicyServer
from tests.reference.running import stepped_up
from tests.reference.services import Postgres

CANARY = {
    "name": "Zephyrine Quillfeather",
    "email": "zephyrine@quillfeather.example",
    "phone": "+49 30 5550177",
    "address": "Kanarienweg 7, Berlin",
    "country": "DE",
    "birth_date": "1984-02-29",
}
SOURCE = "203.0.113.77"
SAID = [*(CANARY[name] for name in ("name", "email", "phone", "address", "birth_date")), SOURCE, "blue canary cage"]
"""What tells who it is; a country does not."""


@dataclass
class Shop:
    """The service, with a person who asks and a colleague. `broker`: of Kafka, if it is there."""

    till: Till
    request: pytest.FixtureRequest

    def post(self, path: str, body: Any = None, *, by: str = "demo") -> httpx.Response:
        headers = {"Authorization": f"Bearer {access_token(self.till.place, by)}"} if by != "demo" else {}
        return self.till.client.post(path, json=body, headers=headers)

    def customer(self, customer: str, **profile: Any) -> str:
        """A profile, two orders and some behaviour; the profile's id."""
        token = self.till.token()
        body = {"customer": customer, "analytics": True, **profile}
        made = str(self.post("/v1/profiles", body).raise_for_status().json()["id"])
        for number in range(2):
            order = wish(token, customer=customer, source=SOURCE, device=f"device-of-{customer}", amount=1250 + number)
            ended(self.till.client, place(self.till.client, order).raise_for_status().json()["id"])
        seen = {"kind": "product.viewed", "details": {"product": "blue canary cage"}}
        self.post(f"/v1/profiles/{made}/behaviour", seen).raise_for_status()
        return made

    def asks(self, kind: str, customer: str, **more: Any) -> str:
        """A request, verified by a colleague; its path."""
        made = self.post("/v1/privacy/requests", {"kind": kind, "customer": customer, **more}).raise_for_status().json()
        path = f"/v1/privacy/requests/{made['id']}"
        self.post(f"{path}/identity", {"proof": made["proof"]}, by="grace").raise_for_status()
        return path

    def fulfilled(self, kind: str, customer: str, **more: Any) -> dict[str, Any]:
        done = self.post(f"{self.asks(kind, customer, **more)}/fulfilment")
        result: dict[str, Any] = done.raise_for_status().json()
        return result

    def opened(self, export: dict[str, Any]) -> dict[str, Any]:
        """What a link leads to, opened with its key."""
        sealed = httpx.get(f"{self.till.client.base_url}".rstrip("/") + export["link"]).raise_for_status()
        assert sealed.headers["content-type"].startswith("application/jose")
        key = OctKey.import_key(base64.urlsafe_b64decode(export["key"] + "=="))
        plain = jwe.decrypt_compact(sealed.content, key, algorithms=["dir", "A256GCM"]).plaintext
        assert plain is not None
        document: dict[str, Any] = json.loads(plain)
        jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8"))).validate(document)
        return document


@pytest.fixture(params=["sqlite", "postgresql, redis and kafka"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, policy_server: PolicyServer) -> Iterator[Shop]:
    """Under the policy of statements: erasures run none that it stops."""
    changed: dict[str, Any] = {"privacy_controller": "Shop Ltd", "opa_url": policy_server.url, "opa_seconds": 4.0}
    if request.param != "sqlite":
        changed |= {"database_url": request.getfixturevalue("postgres_url")}
        changed |= {"redis_url": request.getfixturevalue("redis_url")}
        changed |= kafka(request.getfixturevalue("kafka_broker"))
    with till_at(tmp_path, **changed) as till:
        yield Shop(till, request)


def test_a_person_is_known_asks_and_is_erased(shop: Shop, tmp_path: Path) -> None:
    stepped_up(shop.till)
    canary, bystander = shop.customer("c-canary", **CANARY), shop.customer("c-bystander", name="Somebody Else")
    document = shop.opened(shop.fulfilled("access", "c-canary")["export"])
    transactions = document["sections"]["transactions"]
    assert [row["amount"] for row in sorted(transactions["orders"], key=lambda row: row["amount"])] == [1250, 1251]
    assert len(transactions["payments"]) == 2 and document["controller"] == "Shop Ltd"
    (card,) = document["sections"]["payment_methods"]["tokens"]
    assert set(card) >= {"token", "brand", "last_four", "created_at"} and "sealed_card" not in card
    (profile,) = document["sections"]["personal_information"]["gdpr_profiles"]
    assert profile.items() >= CANARY.items()
    (seen,) = document["sections"]["behavioural_data"]["gdpr_behaviour"]
    assert seen["details"] == {"product": "blue canary cage"}
    assert "c-bystander" not in json.dumps(document) and "Somebody" not in json.dumps(document)
    wait_for_trail(shop.till, 12)
    copy = copied(shop, tmp_path / "copy")
    counters = velocity(shop)

    assert {one.message.headers[SUBJECT] for one in of_trail(copy / "trail")} == {canary, bystander}
    outcome = shop.fulfilled("erasure", "c-canary")["request"]
    assert outcome["state"] == "fulfilled" and {each["category"] for each in outcome["outcome"]["retained"]} >= {
        "payment"
    }
    assert shop.till.client.get(f"/v1/profiles/{canary}").status_code == 404
    for file in [path for path in shop.till.settings.data_folder.rglob("*") if path.is_file()]:
        held = file.read_bytes()
        assert not [said for said in SAID if said.encode() in held], file
        if file.name.startswith("subject-keys"):
            assert canary.encode() not in held and b"c-canary" not in held, "and nothing is left of the key"
    again = shop.opened(shop.fulfilled("access", "c-canary")["export"])
    assert not any(again["sections"]["transactions"].values()), "nothing is known of them"
    assert shop.till.client.get(f"/v1/profiles/{bystander}").raise_for_status().json()["name"] == "Somebody Else"
    other = shop.opened(shop.fulfilled("access", "c-bystander")["export"])
    assert len(other["sections"]["transactions"]["orders"]) == 2
    assert velocity(shop) < counters or not counters
    asyncio.run(nothing_opens(shop, copy, canary, bystander))
    for file in [path for path in copy.rglob("*") if path.is_file()]:
        assert not [said for said in SAID if said.encode() in file.read_bytes()], file
    shop.fulfilled("restriction", "c-bystander")
    assert shop.till.client.get(f"/v1/profiles/{bystander}").status_code == 409
    paid = place(shop.till.client, wish(shop.till.token(), customer="c-bystander")).raise_for_status().json()["id"]
    assert ended(shop.till.client, paid)["payment"], "what has to be paid is paid"
    assert not [said for said in SAID if said in shop.till.log.getvalue()]
    actions = {event["action"] for event in shop.till.events(limit="500")}
    assert actions >= {
        "privacy.receive.erasure",
        "privacy.verify",
        "privacy.fulfil",
        "privacy.erasure",
        "profile.create",
    }
    assert not [event for event in shop.till.events(limit="500") if "canary" in json.dumps(event)]


def wait_for_trail(till: Till, events: int) -> None:
    """Until the sink has put so many events away."""
    deadline = time.monotonic() + 60
    while len(list(of_trail(till.settings.data_folder / "trail"))) < events:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def of_trail(trail: Path) -> Iterator[Any]:
    for file in sorted(trail.glob("*.segment")):
        head, _, lines = file.read_bytes().partition(b"\n")
        assert head
        yield from (segments._received(json.loads(line)) for line in lines.splitlines())


def copied(shop: Shop, where: Path) -> Path:
    """A backup: the database, the trail and the event log; not the store of keys, which is in none."""
    where.mkdir()
    settings = shop.till.settings
    shutil.copytree(settings.data_folder / "trail", where / "trail")
    if not settings.database_url:
        with closing(sqlite3.connect(settings.data_folder / "service.db")) as database:
            database.execute("VACUUM INTO ?", (str(where / "service.db"),))
        shutil.copytree(settings.data_folder / "events", where / "events")
        return where
    server: Postgres = shop.request.getfixturevalue("postgres")
    name = settings.database_url.rpartition("/")[2]
    dump = ["pg_dump", "-h", str(server.folder), "-p", str(server.port), "-U", "payment", "--inserts", name]
    with (where / "dump.sql").open("wb") as file:
        subprocess.run(dump, stdout=file, check=True)
    broker = shop.request.getfixturevalue("kafka_broker")
    shutil.copytree(broker.folder / "data", where / "kafka", ignore_dangling_symlinks=True)
    return where


def velocity(shop: Shop) -> int:
    """Keys that count something in Redis."""
    if not shop.till.settings.redis_url:
        return 0
    client = redis.Redis.from_url(shop.till.settings.redis_url)
    found = [
        key for key in client.scan_iter("velocity:*") if b":customer:" in key or b":device:" in key or b":card:" in key
    ]
    client.close()
    return len(found)


async def nothing_opens(shop: Shop, copy: Path, canary: str, bystander: str) -> None:
    """Of what the copy has of the canary, with every key there is now; of the other person all of it."""
    settings = shop.till.settings
    engine = connect(restored(shop, copy))
    ring = KeyRing(KeyStore(engine), folder.wrapper_of(settings))
    try:
        async with SubjectKeyStore.open(folder.subject_keys_url(settings)) as store:
            subjects: SubjectKeysProtocol = SubjectKeys(store, ring)
            sealer, read = Sealer(ring, subjects), list[str]()
            for received in of_trail(copy / "trail"):
                whose = received.message.headers.get(SUBJECT)
                if whose == canary:
                    with pytest.raises(IntegrityError, match="erased"):
                        await sealer.open(received.message)
                else:
                    read.append(str(getattr(await sealer.open(received.message), "customer", "")))
            assert read.count("c-bystander") == 4 and len(read) == 6 and "c-canary" not in read
            async with transaction(engine) as connection:
                rows = (await connection.execute(select(PROFILES.c.subject, PROFILES.c.sealed))).all()
            sealed = {row[0]: row[1] for row in rows}
            place_ = place_of("demo", canary, PROFILES.name)
            keys = [(await subjects.for_opening("demo", bystander)).cipher, await ring.for_opening("demo", 1)]
            for cipher in keys:
                with pytest.raises((IntegrityError, InvalidTag)):
                    unseal(cipher, sealed[canary], place_)
            assert b"Somebody" in unseal(keys[0], sealed[bystander], place_of("demo", bystander, PROFILES.name))
    finally:
        await engine.dispose()


def restored(shop: Shop, copy: Path) -> str:
    """The URL of the copied database."""
    if not shop.till.settings.database_url:
        return f"sqlite+aiosqlite:///{copy / 'service.db'}"
    server: Postgres = shop.request.getfixturevalue("postgres")
    url = server.database()
    command = ["psql", "-h", str(server.folder), "-p", str(server.port), "-U", "payment", "-q", "-v", "ON_ERROR_STOP=1"]
    subprocess.run(
        [*command, "-d", url.rpartition("/")[2], "-f", str(copy / "dump.sql")], check=True, capture_output=True
    )
    return url


def test_files_of_the_data_folder_are_in_the_map(shop: Shop) -> None:
    from reference_impl.gdpr import datamap

    shop.customer("c-1", name="Somebody")
    held = datamap.load().files
    there = {path.name.removesuffix("-wal").removesuffix("-shm") for path in shop.till.settings.data_folder.iterdir()}
    assert there <= held.keys(), there - held.keys()
    assert held.keys() - there <= {"service.db", "operator", "events"}
