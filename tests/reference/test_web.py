"""The edge, over a real server: every answer, every log line, whatever is sent."""

from __future__ import annotations

import io
import json
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import trustme
from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from reference_impl import errors
from reference_impl.auth.api import check_routes, public
from reference_impl.auth.origin import TrustedProxies
from reference_impl.limits.memory import MemoryLimits
from reference_impl.limits.model import Rate
from reference_impl.web import logs, server
from reference_impl.web.app import application as new_application
from reference_impl.web.errors import of_validation
from reference_impl.web.middleware import SECURITY_HEADERS, Body, Edge, RateLimit, new_request_id, request_id
from tests.reference.server import served

PAN, CVV = "4111111111111111", "4929"
LIMIT = 2048


class Card(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: str = Field(max_length=19)
    code: str = Field(pattern="^[0-9]{3}$")
    amounts: dict[str, int] = {}


def application() -> FastAPI:
    app = new_application("test")
    app.router.dependencies.append(Depends(public))

    @app.post("/cards/{name}")
    async def take(name: str, card: Card) -> dict[str, int]:
        return {"digits": len(card.number)}

    @app.post("/fail/{kind}")
    async def fail(kind: str, data: dict[str, str]) -> None:
        number = data["number"]
        if kind == "key":
            raise KeyError(number)
        if kind == "nested":
            try:
                int(f"x{number}")
            except ValueError as error:
                raise RuntimeError(f"cannot handle {number}") from error
        if kind == "integrity":
            raise errors.IntegrityError("a sealed value does not open")
        if kind == "library":
            logging.getLogger("some.package").error("bad card %s", number)
            logging.getLogger("some.package").warning(f"bad card {number} {number[:4]} {number[4:]}")
            raise errors.LimitedError("slowly", 7)
        if kind == "validation":
            TypeAdapter(int).validate_python(f"x{number}")
        raise errors.InvalidInputError("is wrong", "card.number")

    @app.get("/stream")
    async def stream() -> Any:
        from starlette.responses import StreamingResponse

        async def broken() -> Any:
            yield b"begun"
            raise RuntimeError(f"after the start {PAN}")

        return StreamingResponse(broken())

    @app.get("/wait")
    async def wait() -> None:
        import asyncio

        await asyncio.Event().wait()

    check_routes(app)
    return app


class Web(SimpleNamespace):
    client: httpx.Client
    port: int
    log: io.StringIO

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.getvalue().splitlines()]


@pytest.fixture
def web() -> Iterator[Web]:
    with running(Rate(10_000, 60)) as one:
        yield one


def running(rate: Rate, **times: float) -> Any:
    from contextlib import contextmanager

    @contextmanager
    def run() -> Iterator[Web]:
        log, root = io.StringIO(), logging.getLogger()
        before, level = root.handlers[:], root.level
        logs.configure(log)
        limited = RateLimit(Body(application(), LIMIT, **times), MemoryLimits(), rate)
        whole = Edge(limited, TrustedProxies())
        try:
            with (
                served(server.config(whole, "127.0.0.1", 0)) as port,
                httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
            ):
                yield Web(client=client, port=port, log=log)
        finally:
            root.handlers[:] = before
            root.setLevel(level)
            logging.captureWarnings(False)

    return run()


def secure(response: httpx.Response) -> None:
    """What every answer has, and what none has."""
    for name, value in SECURITY_HEADERS.items():
        assert response.headers.get_list(name) == [value], (name, response.status_code)
    assert response.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert len(response.headers["x-request-id"]) == 32
    assert not {"server", "x-xss-protection", "x-powered-by", "set-cookie"} & set(response.headers)
    if response.status_code >= 400:
        error = response.json()["error"]
        assert set(error) == {"code", "message", "request_id", "fields"}
        assert error["request_id"] == response.headers["x-request-id"]


def raw(port: int, *parts: bytes) -> httpx.Response:
    """What is answered to bytes that no client would send; the last part may come after an answer."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        for part in parts:
            connection.sendall(part)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
            if b"\r\n\r\n" in received and received.rstrip().endswith(b"}"):
                break
    head, _, body = received.partition(b"\r\n\r\n")
    status, *headers = head.split(b"\r\n")
    pairs = [tuple(line.split(b": ", 1)) for line in headers]
    return httpx.Response(int(status.split()[1]), headers=pairs, content=body)  # type: ignore[arg-type]


GOOD = {"number": PAN, "code": "123"}
JSON = {"Content-Type": "application/json"}


def test_every_answer_is_secure(web: Web) -> None:
    expected = {
        200: web.client.post("/cards/a", json=GOOD),
        401 - 361: None,
        404: web.client.get("/nowhere"),
        405: web.client.delete("/cards/a"),
        413: web.client.post("/cards/a", content=b"x" * (LIMIT + 1)),
        422: web.client.post("/cards/a", json={}),
        429: web.client.post("/fail/library", json=GOOD),
        500: web.client.post("/fail/key", json=GOOD),
    }
    for status, response in expected.items():
        if response is not None:
            assert response.status_code == status
            secure(response)
    assert expected[405] is not None and expected[405].headers["allow"] == "POST"
    assert expected[429] is not None and expected[429].headers["retry-after"] == "7"


def test_a_query_parameter_counts_once(web: Web) -> None:
    for query in ("a=1&a=2", "a=&b=1&a", "a=1&%61=2"):
        assert web.client.get(f"/x?{query}").status_code == 422
    for query in ("a=1&b=1", "a=%C2%A4&b=%FF", "%C3%A5=1&b=1"):
        assert web.client.get(f"/x?{query}").status_code == 404


def test_an_oversize_body_is_refused_before_and_while_it_is_read(web: Web) -> None:
    announced = raw(web.port, f"POST /cards/a HTTP/1.1\r\nHost: x\r\nContent-Length: {10**12}\r\n\r\n".encode())
    assert announced.status_code == 413
    secure(announced)
    assert announced.headers["connection"] == "close"
    chunk = b"400\r\n" + b"1" * 1024 + b"\r\n"
    chunked = raw(web.port, b"POST /cards/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", chunk * 3)
    assert chunked.status_code == 413  # without waiting for the end, which never comes
    secure(chunked)
    exact = json.dumps(GOOD).encode().ljust(LIMIT)
    assert web.client.post("/cards/a", content=iter([exact[:1000], exact[1000:]]), headers=JSON).status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    with running(Rate(100, 60), body_seconds=0.2) as web:
        slow = raw(web.port, b"POST /cards/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", b"{")
        assert (slow.status_code, slow.json()["error"]["code"]) == (408, "request_timeout")
        secure(slow)
        assert slow.headers["connection"] == "close"


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    with running(Rate(100, 60), answer_seconds=0.2) as web:
        response = web.client.get("/wait")
        assert (response.status_code, response.json()["error"]["code"]) == (503, "unavailable")
        secure(response)


def test_a_client_that_goes_away_is_logged(web: Web) -> None:
    with socket.create_connection(("127.0.0.1", web.port)) as connection:
        connection.sendall(b"POST /cards/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    deadline = threading.Event()
    while not (cut := [line for line in web.lines() if line["event"] == "request_cut_off"]):
        assert not deadline.wait(0.01)
    assert cut[0]["status"] == 0


def test_an_answer_that_breaks_off_is_logged_and_says_nothing(web: Web) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        web.client.get("/stream")
    assert {"request_cut_off", "failure"} <= {line["event"] for line in web.lines()}
    assert PAN not in web.log.getvalue()


def test_an_address_is_limited_whatever_it_asks_for() -> None:
    with running(Rate(20, 60)) as web:
        responses = []

        def ask() -> None:
            responses.append(httpx.get(f"http://127.0.0.1:{web.port}/nowhere", trust_env=False))

        threads = [threading.Thread(target=ask) for _ in range(21)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(response.status_code for response in responses) == [404] * 20 + [429]
        [limited] = [response for response in responses if response.status_code == 429]
        secure(limited)
        assert 0 < int(limited.headers["retry-after"]) <= 60
        made_up = web.client.get("/nowhere", headers={"X-Forwarded-For": "192.0.2.1"})
        assert made_up.status_code == 429  # nobody said that this peer is a proxy


def test_validation_says_where_and_why_in_our_words(web: Web) -> None:
    sent = {"number": PAN * 2, "code": CVV, "amounts": {PAN: "x", "jo": "x"}, "cvv": CVV, PAN: CVV}
    fields = web.client.post("/cards/a", json=sent).json()["error"]["fields"]
    assert sorted((field["field"], field["message"]) for field in fields) == [
        ("body.*", "is not known here"),
        ("body.*", "is not known here"),
        ("body.amounts.*", "is not valid"),
        ("body.amounts.jo", "is not valid"),
        ("body.code", "is not valid"),
        ("body.number", "is not valid"),
    ]
    assert web.client.post("/cards/a", content=b"{" + PAN.encode(), headers=JSON).json()["error"]["fields"] == [
        {"field": "body", "message": "is not JSON"}
    ]
    assert web.client.post("/fail/other", json=GOOD).json()["error"]["fields"] == [
        {"field": "card.number", "message": "is wrong"}
    ]


def everything_sent_everywhere(web: Web) -> Iterator[httpx.Response]:
    """A card number and its code in every place of a request, with every error provoked."""
    token = {"Authorization": f"Bearer {PAN}", "Cookie": f"card={PAN}", "User-Agent": PAN, "X-Request-ID": PAN}
    token |= {"X-Forwarded-For": PAN, "Referer": f"https://x/{PAN}", f"X-{PAN}": CVV, "Idempotency-Key": PAN}
    params = {"card": PAN, PAN: CVV}
    for path in (f"/cards/{PAN}", f"/{PAN}", f"/cards/{PAN}/{CVV}", f"/fail/{PAN}", f"/cards/{PAN}/"):
        for method in ("GET", "POST", "PUT", "OPTIONS", f"X{PAN}", PAN):
            yield web.client.request(method, path, params=params, headers=token)
    bodies: list[Any] = [GOOD, {**GOOD, "code": CVV}, [PAN], PAN, {PAN: CVV}, {"number": int(PAN)}, {"number": [PAN]}]
    for body in bodies:
        for path in ("/cards/a", "/fail/key", "/fail/nested", "/fail/integrity", "/fail/library", "/fail/validation"):
            yield web.client.post(path, json=body, params=params, headers=token)
    kinds = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", PAN)
    for kind in kinds:
        for content in (f"number={PAN}&cvv={CVV}", f'{{"number": "{PAN}', f"\x00{PAN}\r\n{PAN}", PAN * 200):
            yield web.client.post("/cards/a", content=content, headers={**token, "Content-Type": kind})
    yield web.client.post("/cards/a", content=b"\xff" + PAN.encode(), headers={"Content-Type": "application/json"})
    for junk in (f"{PAN}\r\n\r\n", f"GET /{PAN} HTTP/9.9\r\n\r\n", f"GET /{PAN} HTTP/1.1\r\n{PAN}\r\n\r\n"):
        yield raw(web.port, junk.encode())


def test_a_card_number_sent_anywhere_comes_out_nowhere(web: Web, capfd: pytest.CaptureFixture[str]) -> None:
    statuses = set()
    for response in everything_sent_everywhere(web):
        statuses.add(response.status_code)
        secure(response)
        shown = f"{response.text} {response.headers}"
        assert PAN not in shown and f'"{CVV}"' not in shown and f"/{CVV}" not in shown
    assert statuses >= {200, 400, 404, 405, 413, 422, 429, 500}
    written = web.log.getvalue() + "".join(capfd.readouterr())
    assert PAN not in written and f"{PAN[:4]} {PAN[4:]}" not in written
    allowed = {"time", "level", "logger", "event", *logs.FIELDS}
    for line in web.lines():
        assert set(line) <= allowed and line["logger"] != "uvicorn.access"
        assert line.get("route", "none") in {"none", "/cards/{name}", "/fail/{kind}"}
        assert CVV not in {str(value) for value in line.values()}
    failures = [line for line in web.lines() if line["event"] == "failure"]
    assert {line["error"] for line in failures} >= {"KeyError", "RuntimeError", "IntegrityError", "ValidationError"}
    assert all(any("test_web:" in place for place in line["where"]) for line in failures)


def test_request_ids(web: Web) -> None:
    ours, uuid = new_request_id(), "0b1f6a1e-8f3c-4d55-9a6b-7c1d2e3f4a5b"
    assert ours.isalpha() and request_id(ours) == ours and request_id(uuid) == uuid
    assert web.client.get("/x", headers={"X-Request-ID": uuid}).headers["x-request-id"] == uuid
    for bad in (None, "", PAN, "a" * 31, "a" * 33, ours + "\n", ours.upper(), "41111111-1111-1111-1abc-abcdefabcdef"):
        assert request_id(bad) != bad


@given(st.text(max_size=40))
def test_no_request_id_is_a_card_number_or_breaks_a_line(offered: str) -> None:
    made = request_id(offered)
    assert PAN not in made.replace("-", "") and made.isprintable()


@given(st.recursive(st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=8))
def test_no_validation_problem_holds_what_was_sent(value: Any) -> None:
    marked = {"number": value, f"{PAN}": value, "amounts": {f"é{PAN}": PAN}}
    with pytest.raises(ValidationError) as caught:
        Card.model_validate(marked)
    problem = of_validation(RequestValidationError(caught.value.errors()))
    body = json.loads(problem.body("r"))["error"]
    assert PAN not in json.dumps(body)
    assert {field["message"] for field in body["fields"]} <= {"is required", "is not known here", "is not valid"}


def test_a_log_line_is_one_line(web: Web) -> None:
    logging.getLogger("reference_impl.x").info("event\nforged", extra={"route": 'a\n{"level": "info"}', "secret": PAN})
    [line] = web.lines()[-1:]
    assert line["route"].startswith("a\n") and "secret" not in line


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_tls(tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    files = server.Certificate(tmp_path / "chain.pem", tmp_path / "key.pem")
    issued.private_key_pem.write_to_path(files.key)
    for pem in issued.cert_chain_pems:
        pem.write_to_path(files.chain, append=True)

    def talk(port: int, newest: ssl.TLSVersion, ciphers: str = "DEFAULT@SECLEVEL=0") -> str | None:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        context.set_ciphers(ciphers)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, newest
        plain = socket.create_connection(("127.0.0.1", port), 20)
        with plain, context.wrap_socket(plain, server_hostname="localhost") as connection:
            return connection.version()

    whole = Edge(application(), TrustedProxies())
    with served(server.config(whole, "127.0.0.1", 0, files)) as port:
        assert talk(port, ssl.TLSVersion.MAXIMUM_SUPPORTED) == "TLSv1.3"
        assert talk(port, ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
        with pytest.raises((ssl.SSLError, ConnectionError)):
            talk(port, ssl.TLSVersion.TLSv1_1)
        for weak in (
            "ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA384",
            "AES256-GCM-SHA384",
        ):  # CBC; no forward secrecy
            with pytest.raises((ssl.SSLError, ConnectionError)):
                talk(port, ssl.TLSVersion.TLSv1_2, weak)


def test_nothing_is_served_in_clear_to_others() -> None:
    for host in ("127.0.0.1", "::1", "localhost"):
        server.config(application(), host, 0)
    for host in ("::", "10.0.0.1", "192.0.2.1", "payments.example"):
        with pytest.raises(errors.ConfigurationError):
            server.config(application(), host, 0)
