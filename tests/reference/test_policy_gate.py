"""The gate before the database: what is refused never gets there, and without the policy server nothing does."""

from __future__ import annotations

import asyncio
import io
import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Column, MetaData, String, Table, column, insert, literal_column, select, table, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import Outcome
from reference_impl.database import connect, transaction
from reference_impl.demo import access_token
from reference_impl.driver import DriverStatement, driver
from reference_impl.errors import ConfigurationError, ServiceError, StatementRefusedError, UnavailableError
from reference_impl.guarding import guard
from reference_impl.policy.gate import ASKED_AGAIN_SECONDS, PolicyGate
from reference_impl.policy.opa import OpaDecider
from reference_impl.policy.refusals import Refusals
from reference_impl.web import logs
from tests.opa import free_port
from tests.reference.memory_log import MemoryLog
from tests.reference.policy_server import PolicyServer, bundle, serving_policy
from tests.reference.running import CARD, PAN, serving, settings_in
from tests.reference.watching import CREDENTIAL, exposed, figures_in, total

NOTES = Table("notes", MetaData(), Column("id", String(40), primary_key=True), Column("note", String(200)))
LEGACY = table("legacy", column("id"), column("card_number"))


class Gated:
    """A database behind a gate, with two tables that were there. `later`: seconds that the gate's clock is on."""

    def __init__(self, engine: AsyncEngine, url: str, seconds: float = 4.0) -> None:
        self.engine, self.later = engine, 0.0
        self.refused: list[str] = []
        self.gate = PolicyGate(OpaDecider(url, seconds), self.refused.extend, lambda: time.monotonic() + self.later)
        guard(engine, self.gate)

    async def run(self, statement: Any, values: Any = None) -> Any:
        async with transaction(self.engine) as connection:
            return await connection.execute(statement, values)

    async def notes(self) -> list[str]:
        return [row[0] for row in await self.run(select(NOTES.c.note).order_by(NOTES.c.id))]


@pytest.fixture
def gated(database_url: str, policy_server: PolicyServer) -> Iterator[Callable[..., Any]]:
    """Runs a test's coroutine with a `Gated`; of another policy server, if its URL is given."""

    def run(test: Callable[[Gated], Any], url: str = policy_server.url, seconds: float = 4.0) -> None:
        async def all_of_it() -> None:
            before = connect(database_url)
            async with transaction(before) as connection:
                await connection.run_sync(NOTES.metadata.create_all)
                await connection.execute(text("CREATE TABLE legacy (id VARCHAR(40), card_number VARCHAR(40))"))
            await before.dispose()
            engine = connect(database_url)
            try:
                await test(Gated(engine, url, seconds))
            finally:
                await engine.dispose()

        asyncio.run(all_of_it())

    yield run


def test_what_is_refused_never_gets_there(gated: Callable[..., None]) -> None:
    async def test(of: Gated) -> None:
        await of.run(insert(NOTES), [{"id": "1", "note": "harmless"}, {"id": "2", "note": "as well"}])
        attempts = [
            (insert(LEGACY), {"id": "1", "card_number": "secret"}),
            (insert(NOTES), {"id": "3", "note": PAN}),
            (insert(NOTES), [{"id": "3", "note": "fine"}, {"id": "4", "note": f"but {PAN}"}]),
            (insert(NOTES).values([{"id": "3", "note": "fine"}, {"id": "4", "note": PAN}]), None),
            (update(NOTES).values(note=literal_column(f"'{PAN}'")), None),
            (text("UPDATE notes SET note = :a || :b"), {"a": PAN[:8], "b": PAN[8:]}),
        ]
        for statement, values in attempts:
            with pytest.raises(StatementRefusedError) as raised:
                await of.run(statement, values)
            assert PAN not in str(raised.value) and raised.value.status == 500
        assert await of.notes() == ["harmless", "as well"]
        assert len(of.refused) >= len(attempts) and PAN not in str(of.refused)

    gated(test)


def test_a_refusal_rolls_back_what_came_before(gated: Callable[..., None]) -> None:
    async def test(of: Gated) -> None:
        with pytest.raises(StatementRefusedError):
            async with transaction(of.engine) as connection:
                await connection.execute(insert(NOTES), {"id": "1", "note": "first"})
                await connection.execute(insert(NOTES), {"id": "2", "note": PAN})
        assert await of.notes() == []

    gated(test)


def test_the_driver_itself_asks_too(gated: Callable[..., None], database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        return  # SQLite has no other way in
    arrays = {"ids": ["1", "2"], "notes": ["fine", PAN]}
    pairs = text("SELECT unnest(CAST(:ids AS VARCHAR[])) AS id, unnest(CAST(:notes AS VARCHAR[])) AS note")
    both = ["id", "note"]
    statement = DriverStatement(postgresql.insert(NOTES).from_select(both, pairs.columns(*map(column, both))))
    legacy = DriverStatement(insert(LEGACY).values(id="1", card_number="x"))

    async def test(of: Gated) -> None:
        async with driver(of.engine) as raw:
            for which, values in ((statement, arrays), (legacy, {"id": "1", "card_number": "x"})):
                with pytest.raises(StatementRefusedError):
                    await which.fetch(raw, values)
            await statement.fetch(raw, arrays | {"notes": ["fine", "also"]})
        assert await of.notes() == ["fine", "also"]

    gated(test)


def test_a_shape_is_asked_about_once_and_its_values_each_time(
    gated: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    decide = OpaDecider.decide

    async def counted(self: OpaDecider, question: Any) -> Any:
        asked.append(question)
        return await decide(self, question)

    monkeypatch.setattr(OpaDecider, "decide", counted)

    async def test(of: Gated) -> None:
        for number in range(20):
            await of.run(insert(NOTES), {"id": str(number), "note": "fine"})
        assert len(asked) == len({str(each) for each in asked})  # SQLite's BEGIN is one, too
        before = len(asked)
        with pytest.raises(StatementRefusedError):
            await of.run(insert(NOTES), {"id": "x", "note": PAN})
        assert [each["parameters"] for each in asked[before:]] == [[{"position": 2, "reads_as": "pan"}]]
        of.later = ASKED_AGAIN_SECONDS
        await of.run(insert(NOTES), {"id": "y", "note": "fine"})
        assert len(asked) > before + 1
        assert PAN not in json.dumps(asked)

    gated(test)


def test_without_an_answer_nothing_runs(gated: Callable[..., None], tmp_path: Path) -> None:
    with serving_policy(bundle(tmp_path / "bundle")) as server:

        async def test(of: Gated) -> None:
            await of.run(insert(NOTES), {"id": "1", "note": "fine"})
            server.process.send_signal(signal.SIGSTOP)  # it takes connections and says nothing
            try:
                await of.run(insert(NOTES), {"id": "2", "note": "of a known shape"})
                started = time.monotonic()
                with pytest.raises(UnavailableError):
                    await of.notes()
                assert time.monotonic() - started < 10
            finally:
                server.process.send_signal(signal.SIGCONT)
            assert await of.notes() == ["fine", "of a known shape"]
            server.process.kill()
            server.process.wait()
            of.later = ASKED_AGAIN_SECONDS
            with pytest.raises(UnavailableError):
                await of.run(insert(NOTES), {"id": "3", "note": "what was known is so no longer"})

        gated(test, server.url, 1.0)


class Wrong(BaseHTTPRequestHandler):
    """Gives the answer of its class to every question."""

    answer: ClassVar[tuple[int, bytes]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        status, body = self.answer
        self.send_response(status)
        if status == 302:
            self.send_header("location", "/elsewhere")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Wrong,), {"answer": (status, body)}))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"{}"),
        (200, b'{"result": true}'),
        (200, b'{"result": {"allow": "yes", "reasons": []}}'),
        (200, b'{"result": {"allow": true}}'),
        (200, b'{"result": {"allow": true, "reasons": ["but no"]}}'),
        (200, b'{"result": {"allow": false, "reasons": []}}'),
        (200, b'[{"allow": true}]'),
        (200, b"yes"),
        (200, b""),
        (302, b""),
        (404, b'{"result": {"allow": true, "reasons": []}}'),
        (500, b'{"result": {"allow": true, "reasons": []}}'),
    ],
)
def test_a_strange_answer_is_none(status: int, body: bytes) -> None:
    with answering(status, body) as url, pytest.raises(UnavailableError):
        asyncio.run(OpaDecider(url, 4.0).decide({}))


def test_a_server_without_the_policy_lets_nothing_through(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with serving_policy(tmp_path / "empty") as server, pytest.raises(UnavailableError, match="bundle"):
        asyncio.run(OpaDecider(server.url + "/", 4.0).decide({}))


@pytest.mark.parametrize(
    "url",
    [
        *("http://opa.example:8181", "ftp://127.0.0.1", "127.0.0.1:8181", "http://127.0.0.1:x"),
        *("http://u:p@127.0.0.1", "http://127.0.0.1/v1"),
    ],
)
def test_only_tls_or_this_machine(url: str) -> None:
    with pytest.raises(ConfigurationError, match="opa_url"):
        OpaDecider(url, 1.0)


def test_refusals_are_recorded_once_the_audit_log_takes_them() -> None:
    async def test() -> None:
        audit, refusals = MemoryLog(), Refusals()
        audit.failing = True
        refusals(["it writes, and names account data (pan): card_number"])
        async with refusals.recorded(audit):
            await asyncio.sleep(0)
            audit.failing = False
            refusals(["again"])
        assert [(each.action, each.outcome, each.reason) for each in audit.events] == [
            ("statement.run", Outcome.DENIED, "policy")
        ] * 2

    asyncio.run(test())


STRICTER = """package payment.statements

reasons contains "nobody enrols today" if {
	some s in input.statements
	s.kind == "INSERT"
	"enrolment" in s.names
}
"""


def test_the_started_service_runs_what_the_policy_lets_through(database_url: str, tmp_path: Path) -> None:
    """Everything but what a policy of its own refuses; that is counted, recorded, and told to nobody."""
    place, rules = tmp_path / "place", bundle(tmp_path / "bundle")
    (rules / "stricter.rego").write_text(STRICTER)
    log = io.StringIO()
    logs.configure(log)
    with serving_policy(rules) as server:
        given = {"opa_url": server.url, "opa_seconds": 4.0, "database_url": database_url}
        figures = {"metrics_port": free_port(), "metrics_credential": SecretStr(CREDENTIAL)}
        settings = settings_in(place).model_copy(update={**given, **figures})
        headers = {"Authorization": f"Bearer {access_token(place)}"}
        with serving(settings) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
            token = client.post("/v1/tokens", json={"card": CARD}).raise_for_status().json()["token"]
            assert client.get(f"/v1/tokens/{token}").raise_for_status().json()["last_four"] == PAN[-4:]
            refused = client.post("/v1/totp")
            assert (refused.status_code, refused.json()["error"]["code"]) == (500, "statement_refused")
            assert "enrols" not in refused.text
            told = figures_in(exposed(settings.metrics_port))
            assert total(told, "payment_errors_total", code="statement_refused") == 1
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    [line] = [line for line in lines if line["event"] == "statement_refused"]
    assert line["reasons"] == ["nobody enrols today"] and line["request_id"] == refused.headers["x-request-id"]
    records = "".join(
        file.read_text("utf-8", "replace") for file in (settings.data_folder / "audit").rglob("*") if file.is_file()
    )
    assert "statement.run" in records and PAN not in log.getvalue() + records


def test_the_service_does_not_start_without_its_policy_server(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "place").model_copy(update={"opa_url": f"http://127.0.0.1:{free_port()}"})
    with pytest.raises(ServiceError), serving(settings):
        raise AssertionError
