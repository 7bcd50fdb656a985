"""A shop at the running service, with people whose data are looked for: in what it has, and in backups of it."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from joserfc import jwe
from joserfc.jwk import OctKey

from reference_impl.demo import access_token
from reference_impl.events import segments
from reference_impl.gdpr.collecting import SCHEMA_FILE
from tests.reference.ordering import ended, kafka, place, wish
from tests.reference.paying import Till, till_at
from tests.reference.policy_server import PolicyServer
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


@contextmanager
def shop_at(request: pytest.FixtureRequest, tmp_path: Path, policy_server: PolicyServer) -> Iterator[Shop]:
    """Under the policy of statements: erasures run none that it stops."""
    changed: dict[str, Any] = {"privacy_controller": "Shop Ltd", "opa_url": policy_server.url, "opa_seconds": 4.0}
    if request.param != "sqlite":
        changed |= {"database_url": request.getfixturevalue("postgres_url")}
        changed |= {"redis_url": request.getfixturevalue("redis_url")}
        changed |= kafka(request.getfixturevalue("kafka_broker"))
    with till_at(tmp_path, **changed) as till:
        yield Shop(till, request)


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
