"""A person's whole way through the running service: profile, orders, requests, erasure, and what copies still say."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from reference_impl import folder
from reference_impl.crypto.envelope import place_of, unseal
from reference_impl.database import connect, transaction
from reference_impl.errors import IntegrityError
from reference_impl.events.sealing import SUBJECT, Sealer
from reference_impl.gdpr.store import PROFILES
from reference_impl.keys.model import SubjectKeys as SubjectKeysProtocol
from reference_impl.keys.service import KeyRing
from reference_impl.keys.store import KeyStore
from reference_impl.keys.subject_store import SubjectKeyStore
from reference_impl.keys.subjects import SubjectKeys
from tests.reference.ordering import ended, place, wish
from tests.reference.policy_server import PolicyServer
from tests.reference.privacy_shop import CANARY, SAID, Shop, copied, of_trail, restored, shop_at, wait_for_trail
from tests.reference.running import stepped_up


@pytest.fixture(params=["sqlite", "postgresql, redis and kafka"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, policy_server: PolicyServer) -> Iterator[Shop]:
    with shop_at(request, tmp_path, policy_server) as shop:
        yield shop


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
            assert read.count(bystander) == 4 and len(read) == 6, "and no name is in any of them"
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


def test_files_of_the_data_folder_are_in_the_map(shop: Shop) -> None:
    from reference_impl.gdpr import datamap

    shop.customer("c-1", name="Somebody")
    held = datamap.load().files
    there = {path.name.removesuffix("-wal").removesuffix("-shm") for path in shop.till.settings.data_folder.iterdir()}
    assert there <= held.keys(), there - held.keys()
    assert held.keys() - there <= {"service.db", "operator", "events"}
