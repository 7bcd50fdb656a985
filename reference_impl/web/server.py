"""How uvicorn is run: it says nothing of its own, in answers or in logs."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from reference_impl.errors import ConfigurationError
from reference_impl.web.errors import Problem
from reference_impl.web.middleware import SECURITY_HEADERS, new_request_id

_HEADER_BYTES = 16 * 1024
_TLS_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Forward secrecy and AEAD. All three suites of TLS 1.3 have both, and this setting does not govern them."""


class Protocol(H11Protocol):
    """HTTP/1.1 whose answer to what is no HTTP looks like every other answer: no application sees such a request."""

    def send_400_response(self, msg: str) -> None:
        """`msg`: words of the server's own."""
        request_id = new_request_id()
        body = Problem(400, "bad_request", msg).body(request_id)
        headers = {**SECURITY_HEADERS, "Content-Type": "application/json", "Connection": "close"}
        headers |= {"X-Request-ID": request_id, "Content-Length": str(len(body))}
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        for event in (h11.Response(status_code=400, headers=pairs), h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files, PEM. `chain`: the certificate first."""

    chain: Path
    key: Path


def config(app: ASGIApp, host: str, port: int, certificate: Certificate | None = None) -> uvicorn.Config:
    """X-Forwarded-For is read by `auth.origin` and nowhere else; requests are logged by `web.middleware`.

    Raises ConfigurationError for an address that others reach and no certificate: nothing is served in clear (4.2.1).
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
        h11_max_incomplete_event_size=_HEADER_BYTES,
        ssl_certfile=None if certificate is None else certificate.chain,
        ssl_keyfile=None if certificate is None else certificate.key,
    )
    made.load()
    if made.ssl is not None:
        made.ssl.minimum_version = ssl.TLSVersion.TLSv1_2
        made.ssl.set_ciphers(_TLS_1_2)
    return made


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
