"""How uvicorn is run: it says nothing of its own, in answers or in logs."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from reference_impl.errors import ConfigurationError
from reference_impl.web.errors import Problem
from reference_impl.web.middleware import SECURITY_HEADERS, new_request_id

_HEADER_BYTES = 16 * 1024
_TLS_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Forward secrecy and AEAD. All three suites of TLS 1.3 have both, and this setting does not govern them."""


class _LongHeadError(Exception):
    """Seen by the parser only, which gives up then."""


class Protocol(HttpToolsProtocol):
    """HTTP/1.1 whose answer to what is no HTTP looks like every other answer: no application sees such a request.

    That includes a request whose line and headers have more than `_HEADER_BYTES`; the parser itself knows no limit.
    """

    _in_head = _in_body = False
    _parsed = _received = 0

    @override
    def data_received(self, data: bytes) -> None:
        """Also counts what the parser does not tell of: a header that has not ended yet."""
        followed_body = self._in_body
        super().data_received(data)
        if self._in_head and not followed_body:
            self._received += len(data)
            if self._received > _HEADER_BYTES and not self.transport.is_closing():
                self.send_400_response("the head of the request is too long")

    @override
    def on_message_begin(self) -> None:
        """The next request."""
        self._in_head, self._parsed, self._received = True, 0, 0
        super().on_message_begin()

    @override
    def on_headers_complete(self) -> None:
        """The body follows."""
        self._in_head, self._in_body = False, True
        super().on_headers_complete()

    @override
    def on_message_complete(self) -> None:
        """Nothing, or the next request."""
        self._in_body = False
        super().on_message_complete()

    @override
    def on_url(self, url: bytes) -> None:
        """A part of it."""
        self._count(len(url))
        super().on_url(url)

    @override
    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def _count(self, size: int) -> None:
        self._parsed += size
        if self._parsed > _HEADER_BYTES:
            raise _LongHeadError

    @override
    def send_400_response(self, msg: str) -> None:
        """`msg`: words of the server's own."""
        request_id = new_request_id()
        body = Problem(400, "bad_request", msg).body(request_id)
        headers = {**SECURITY_HEADERS, "Content-Type": "application/json", "Connection": "close"}
        headers |= {"X-Request-ID": request_id, "Content-Length": str(len(body))}
        lines = "".join(f"{name.lower()}: {value}\r\n" for name, value in headers.items())
        self.transport.write(STATUS_LINE[400] + lines.encode() + b"\r\n" + body)
        self.transport.close()


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files, PEM. `chain`: the certificate first."""

    chain: Path
    key: Path


def config(app: ASGIApp, host: str, port: int, certificate: Certificate | None = None) -> uvicorn.Config:
    """X-Forwarded-For is read by `auth.origin` and nowhere else; requests are logged by `web.middleware`.

    Raises ConfigurationError for an address that others reach and no certificate: nothing is served in clear (4.2.1);
    also for files that do not load or do not belong together.
    """
    if certificate is None and not _loopback(host):
        raise ConfigurationError("without a certificate the service listens on this machine only")
    made = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Protocol,
        ws="none",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=20,
        ssl_certfile=None if certificate is None else certificate.chain,
        ssl_keyfile=None if certificate is None else certificate.key,
    )
    try:
        made.load()
    except OSError:  # ssl.SSLError is one
        raise ConfigurationError("the certificate or its key does not load, or they are no pair") from None
    if made.ssl is not None:
        made.ssl.minimum_version = ssl.TLSVersion.TLSv1_2
        made.ssl.set_ciphers(_TLS_1_2)
    return made


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
