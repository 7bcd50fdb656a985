"""A payment processor on a real TLS server of this process, which can misbehave in every way the client must survive.

It decrypts the card with its own private key, compares what is bound to it, does one idempotency key once, signs and
encrypts each answer. `faults` are used up one a request; `charged` counts, per key, how often money really moved.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

import h11
import trustme
from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from reference_impl.gateway.encryption import ANSWERS, BOUND, GatewayKeys, card_registry

PAN, CODE = "4111111111111111", "9375"

_Request = tuple[str, dict[str, str], dict[str, Any]]
"""Method and path, headers, body."""


class Fault(Enum):
    """What goes wrong with one request. *_AFTER: after the money moved."""

    NONE = "none"
    HANG_BEFORE = "hang before"
    HANG_AFTER = "hang after"
    LATE = "hang, and carry it out once the next request was answered"
    DROP_BEFORE = "drop before"
    DROP_AFTER = "drop after"
    BUSY_BEFORE = "503 before"
    BUSY_AFTER = "502 after"
    NO_TLS = "drop the connection instead of a handshake"
    ECHO = "the decrypted card in clear, as JSON"
    ECHO_HEADER = "the decrypted card in a header and the reason phrase"
    ECHO_STATUS = "a status line that is none, with the card in it"
    HUGE = "an answer without end"
    SLOW = "an answer byte by byte, without end"
    WRONG_TYPE = "text/html"
    COMPRESSED = "content-encoding"
    WRONG_AMOUNT = "signed, another amount"
    WRONG_KEY = "signed, another idempotency key"
    WRONG_SIGNER = "signed by somebody else"
    UNSIGNED = "encrypted, not signed"
    REPLAY = "an answer to an earlier request"
    REDIRECT = "307 to http"
    CLOSE = "a good answer, the last on its connection"
    FORBIDDEN = "403 without a signature"


class Keys:
    """Of both sides."""

    def __init__(self) -> None:
        self.theirs = RSAKey.generate_key(2048, {"kid": "gateway-2", "use": "enc"}, private=True)
        self.signing = ECKey.generate_key("P-256", {"kid": "answers-1", "use": "sig"}, private=True)
        self.stranger = ECKey.generate_key("P-256", {"kid": "answers-1", "use": "sig"}, private=True)
        self.ours = ECKey.generate_key("P-256", {"kid": "merchant-1", "use": "enc"}, private=True)

        public = [self.theirs.as_dict(private=False), self.signing.as_dict(private=False)]
        self.client = GatewayKeys.load({"keys": public}, {"keys": [self.ours.as_dict(private=True)]}, "gateway-2")


@cache
def keys() -> Keys:
    """One set for all tests: RSA keys take their time."""
    return Keys()


@cache
def authority() -> trustme.CA:
    """A private CA."""
    return trustme.CA()


@cache
def good_leaf() -> trustme.LeafCert:
    """A certificate for this machine."""
    return authority().issue_cert("localhost", "127.0.0.1")


def tls(leaf: trustme.LeafCert) -> ssl.SSLContext:
    """The context of a server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


class _RefusedError(Exception):
    """The request is answered with a signed refusal."""


@dataclass
class Processor:
    """See the module. `requests`: method and headers of each; `bytes_read`: on all connections, decrypted.

    `ours`: the key of the service that answers are encrypted to.
    """

    faults: deque[Fault] = field(default_factory=deque)
    decline: str = ""
    charged: Counter[str] = field(default_factory=Counter)
    cards: list[dict[str, str]] = field(default_factory=list)
    requests: list[_Request] = field(default_factory=list)
    ours: ECKey = field(default_factory=lambda: keys().ours)
    bytes_read: int = 0
    port: int = 0
    _known: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    _late: list[Callable[[], object]] = field(default_factory=list)
    _last: bytes = b"no answer so far"
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    @contextlib.asynccontextmanager
    async def serve(self, context: ssl.SSLContext | None = None) -> AsyncIterator[Processor]:
        """Until the block ends. Plain TCP if faults begin with NO_TLS: the connection is dropped at once."""
        tls_server = await asyncio.start_server(self._connection, "127.0.0.1", 0, ssl=context or tls(good_leaf()))
        behind = tls_server.sockets[0].getsockname()[1]
        front = await asyncio.start_server(lambda r, w: self._forward(r, w, behind), "127.0.0.1", 0)
        self.port = front.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            front.close()
            tls_server.close()
            for writer in self._open:
                writer.transport.abort()
            current = asyncio.current_task()
            rest = [task for task in asyncio.all_tasks() if task is not current and task.get_name() == "processor"]
            await asyncio.gather(*rest)  # their connections are gone: they end by themselves
            await asyncio.gather(*(writer.wait_closed() for writer in self._open), return_exceptions=True)

    def url(self, host: str = "localhost") -> str:
        """Where it listens."""
        return f"https://{host}:{self.port}/"

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        """TCP in front of TLS, so that a connection can be dropped before its handshake."""
        task = asyncio.current_task()
        assert task
        task.set_name("processor")
        self._open.add(writer)
        if self.faults and self.faults[0] is Fault.NO_TLS:
            self.faults.popleft()
            writer.transport.abort()
            return
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        self._open.add(inner_writer)

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError):
                while data := await source.read(65536):
                    sink.write(data)
                    await sink.drain()
            sink.close()

        pumps = [
            asyncio.create_task(pump(reader, inner_writer), name="processor"),
            asyncio.create_task(pump(inner_reader, writer), name="processor"),
        ]
        await asyncio.gather(*pumps)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        task.set_name("processor")
        self._open.add(writer)
        http = h11.Connection(h11.SERVER)
        with contextlib.suppress(OSError, h11.RemoteProtocolError):
            while (request := await self._request(http, reader)) is not None:
                if not await self._answer(http, reader, writer, request):
                    break
                http.start_next_cycle()
        with contextlib.suppress(OSError):
            writer.close()

    async def _request(self, http: h11.Connection, reader: asyncio.StreamReader) -> _Request | None:
        head, body = None, b""
        while True:
            event = http.next_event()
            if event is h11.NEED_DATA:
                data = await reader.read(65536)
                self.bytes_read += len(data)
                http.receive_data(data)
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                assert head
                headers = {name.decode(): value.decode() for name, value in head.headers}
                request = (f"{head.method.decode()} {head.target.decode()}", headers, json.loads(body or b"{}"))
                self.requests.append(request)
                return request
            else:
                return None

    async def _answer(
        self,
        http: h11.Connection,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        request: _Request,
    ) -> bool:
        """Whether the connection goes on."""
        line, headers, body = request
        fault = self.faults.popleft() if self.faults else Fault.NONE
        key, request_id = headers["idempotency-key"], headers["x-request-id"]
        late, self._late = self._late, []
        claims: dict[str, Any] = {}
        if fault in (Fault.HANG_BEFORE, Fault.DROP_BEFORE, Fault.BUSY_BEFORE):
            pass
        elif fault is Fault.LATE:
            self._late.append(lambda: self._perform(line, key, body))
        else:
            claims = self._perform(line, key, body)
        if fault in (Fault.HANG_BEFORE, Fault.HANG_AFTER, Fault.LATE):
            await reader.read()  # until the client has had enough
        if fault in (Fault.HANG_BEFORE, Fault.HANG_AFTER, Fault.LATE, Fault.DROP_BEFORE, Fault.DROP_AFTER):
            return False
        try:
            return await self._write(http, writer, fault, {**claims, "request_id": request_id})
        finally:
            for carry_out in late:
                carry_out()

    async def _write(
        self, http: h11.Connection, writer: asyncio.StreamWriter, fault: Fault, claims: dict[str, Any]
    ) -> bool:
        card = json.dumps(self.cards[-1:]).encode()
        if fault is Fault.ECHO_STATUS:
            writer.write(b"HTTP/1.1 " + card + b"\r\n\r\n")
            await writer.drain()
            return False
        claims |= {
            Fault.WRONG_AMOUNT: {"amount": claims.get("amount", 0) + 1},
            Fault.WRONG_KEY: {"idempotency_key": "another-key-of-somebody"},
        }.get(fault, {})
        answer = self.seal(claims, fault)
        if fault is Fault.REPLAY:
            answer = self._last
        if fault is Fault.NONE:
            self._last = answer
        answer = {
            Fault.BUSY_BEFORE: b"busy",
            Fault.BUSY_AFTER: b"busy",
            Fault.ECHO: card,
            Fault.ECHO_HEADER: card,
            Fault.FORBIDDEN: b"{}",
            Fault.REDIRECT: b"",
        }.get(fault, answer)
        endless = fault in (Fault.HUGE, Fault.SLOW)
        writer.write(http.send(self._head(fault, card, None if endless else len(answer))) or b"")
        while endless:
            writer.write(http.send(h11.Data(b"a" * (4096 if fault is Fault.HUGE else 1))) or b"")
            await writer.drain()
            await asyncio.sleep(0.001 if fault is Fault.HUGE else 0.01)
        writer.write((http.send(h11.Data(answer)) or b"") + (http.send(h11.EndOfMessage()) or b""))
        await writer.drain()
        return fault is not Fault.CLOSE

    def _head(self, fault: Fault, card: bytes, length: int | None) -> h11.Response:
        status = {Fault.BUSY_BEFORE: 503, Fault.BUSY_AFTER: 502, Fault.REDIRECT: 307, Fault.FORBIDDEN: 403}
        headers = {"content-type": "application/jose", "set-cookie": "tracked=yes"}
        headers |= {
            Fault.ECHO: {"content-type": "application/json"},
            Fault.ECHO_HEADER: {"x-card": card.decode()},
            Fault.WRONG_TYPE: {"content-type": "text/html"},
            Fault.CLOSE: {"connection": "close"},
            Fault.COMPRESSED: {"content-encoding": "gzip"},
            Fault.REDIRECT: {"location": f"http://localhost:{self.port}/"},
        }.get(fault, {})
        if length is not None:
            headers["content-length"] = str(length)
        reason = PAN.encode() if fault is Fault.ECHO_HEADER else b""
        return h11.Response(status_code=status.get(fault, 200), headers=list(headers.items()), reason=reason)

    def seal(self, claims: dict[str, Any], fault: Fault = Fault.NONE) -> bytes:
        """An answer as it goes over the network."""
        signer = keys().stranger if fault is Fault.WRONG_SIGNER else keys().signing
        header = {"alg": "ES256", "kid": "answers-1"}
        signed = jws.serialize_compact(header, json.dumps(claims), signer, ["ES256"])
        inner = json.dumps(claims) if fault is Fault.UNSIGNED else signed
        outer = {"alg": ANSWERS[0], "enc": ANSWERS[1], "cty": "JOSE", "kid": self.ours.kid}
        return jwe.encrypt_compact(outer, inner, self.ours, ANSWERS).encode()

    def _perform(self, line: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """What is answered, but for the request id. The same key and content: the same again."""
        if line.startswith("GET"):
            known = self._known.get(key)
            return known[1] if known else {"outcome": "absent", "idempotency_key": key}
        operation = line.rsplit("/", 1)[1]
        told = {name: body.get(name) for name in ("amount", "currency", "merchant_id")}
        told |= {"operation": operation, "idempotency_key": key}
        try:
            what = self._content(operation, key, body)
        except _RefusedError as why:
            return {**told, "outcome": "refused", "reason": str(why)}
        if key in self._known:
            before, claims = self._known[key]
            return claims if before == what else {**told, "outcome": "refused", "reason": "key_reused"}
        if self.decline:
            claims = {**told, "outcome": "declined", "reason": self.decline}
        else:
            self.charged[key] += 1
            reference = f"op_{len(self._known)}"
            claims = {**told, "outcome": "approved", "reference": reference, "at": "2026-11-22T10:00:00+00:00"}
            claims["authorization"] = body.get("authorization", reference)
        self._known[key] = (what, claims)
        return claims

    def _content(self, operation: str, key: str, body: dict[str, Any]) -> str:
        """What makes two requests the same one."""
        if body.get("idempotency_key") != key:
            raise _RefusedError("key")
        shown = [operation, body["amount"], body["currency"], body["merchant_id"]]
        if operation != "authorize":
            held = {claims["reference"] for _, claims in self._known.values() if claims["operation"] == "authorize"}
            if body["authorization"] not in held:
                raise _RefusedError("unknown_authorization")
            return json.dumps([*shown, body["authorization"]])
        card = open_card(body)
        self.cards.append(card)
        return json.dumps([*shown, card["number"]])


def open_card(body: dict[str, Any]) -> dict[str, str]:
    """What the gateway's side does with a card. Raises _RefusedError, also for a card sealed for other fields."""
    try:
        opened = jwe.decrypt_compact(body["encrypted_card_data"], keys().theirs, registry=card_registry())
    except (JoseError, ValueError):
        raise _RefusedError("sealed") from None
    if any(opened.headers().get(name) != body.get(name) for name in BOUND):
        raise _RefusedError("bound")
    card: dict[str, str] = json.loads(opened.plaintext or b"")
    return card


def with_faults(faults: Iterable[Fault], **more: Any) -> Processor:
    """A processor whose first requests fail like this."""
    return Processor(deque(faults), **more)
