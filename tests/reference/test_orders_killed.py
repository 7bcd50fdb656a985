"""The service killed while orders are placed: each that was acknowledged ends once, and is charged at most once."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from reference_impl import folder
from reference_impl.__main__ import main
from reference_impl.database import connect, transaction
from reference_impl.demo import access_token
from reference_impl.events.segments import name_of, read
from reference_impl.events.store import OUTBOX
from reference_impl.events.worm import WormFolder
from reference_impl.settings import Settings
from tests.opa import free_port
from tests.reference.kafka_broker import Broker
from tests.reference.ordering import all_ended, kafka, place, wish
from tests.reference.paying import equipped, new_key
from tests.reference.running import CARD, environment_of, settings_in
from tests.reference.test_service_killed import ended, started, wait_for

CLIENTS = 4


@contextmanager
def shoppers(place_: Path, port: int) -> Iterator[list[str]]:
    """Order from several connections until the end; gives the orders that were acknowledged so far.

    An order that got no answer is placed again, under its key, once the service is back.
    """
    acknowledged: list[str] = []
    others: list[str] = []
    stop = threading.Event()
    headers = {"Authorization": f"Bearer {access_token(place_)}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
        token = client.post("/v1/tokens", json={"card": CARD}).raise_for_status().json()["token"]

    def order(number: int) -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
            while not stop.is_set():
                key = new_key()
                while True:
                    try:
                        answer = place(client, wish(token, customer=f"customer-{number}"), key)
                    except httpx.HTTPError:
                        if stop.wait(0.05):
                            return
                        continue
                    break
                if answer.status_code == 201:
                    acknowledged.append(answer.json()["id"])
                else:
                    others.append(answer.text)

    threads = [threading.Thread(target=order, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
        assert others == []


@pytest.mark.parametrize("where", ["sqlite and its folder", "postgresql and kafka"])
def test_every_acknowledged_order_ends_once(where: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shop, port = tmp_path / "place", free_port()
    settings = settings_in(shop)
    if where == "postgresql and kafka":
        broker: Broker = request.getfixturevalue("kafka_broker")
        settings = settings.model_copy(
            update={"database_url": request.getfixturevalue("postgres_url"), **kafka(broker)}
        )
    with equipped(settings, tmp_path) as (made, gateway, _):
        quick = made.model_copy(update={"gateway_seconds": 1.0})
        child = started(quick, port)
        try:
            with shoppers(shop, port) as acknowledged:
                for _ in range(2):
                    wait_for(acknowledged, 25)
                    ended(child)
                    child = started(quick, port)
                wait_for(acknowledged, 10)
            headers = {"Authorization": f"Bearer {access_token(shop)}"}
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
                done = all_ended(client, acknowledged)
                assert client.get("/health/ready").status_code == 204
        finally:
            ended(child, signal.SIGTERM)
        assert child.returncode == 0
        payments = [view["payment"] for view in done.values()]
        assert {view["state"] for view in done.values()} <= {"authorized", "flagged"}
        assert len(payments) == len(set(payments)) == len(done) >= 60
        assert {gateway.charged[payment] for payment in payments} == {1}
        assert set(gateway.charged.values()) == {1}
    events_of(made, acknowledged)
    told = CliRunner().invoke(main, ["events", "verify"], env=environment_of(made))
    assert told.exit_code == 0 and "Verified" in told.output


def events_of(settings: Settings, acknowledged: list[str]) -> None:
    """The outbox is sent, and the trail has each event once, and three of each order."""

    async def check() -> None:
        engine = connect(folder.database_url(settings))
        async with transaction(engine) as connection:
            rows = (await connection.execute(OUTBOX.select())).all()
        await engine.dispose()
        assert all(row.sent_at is not None and row.refused is None for row in rows)
        kept, counts = WormFolder(settings.data_folder / "trail"), Counter[str]()
        key = folder.audit_keys(settings, folder.wrapper_of(settings)).signing.public_key()
        number = 1
        while (data := await kept.get(name_of(number))) is not None:
            counts.update(each.message.headers["event"] for each in read(data, key).received)
            number += 1
        assert set(counts) == {row.id for row in rows} and set(counts.values()) == {1}
        assert len(counts) >= 3 * len(acknowledged)

    asyncio.run(check())
