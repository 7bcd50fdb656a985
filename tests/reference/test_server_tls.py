"""Our own server with a certificate, over real connections: what is spoken, and what does not start."""

from __future__ import annotations

import socket
import ssl
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from click.testing import CliRunner
from starlette.types import Receive, Scope, Send

from reference_impl.__main__ import main
from reference_impl.errors import ConfigurationError
from reference_impl.web import server
from tests.reference.server import served


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers over https only."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 204 if scope["scheme"] == "https" else 500, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def pair(authority: trustme.CA, folder: Path, name: str = "server") -> server.Certificate:
    leaf = authority.issue_cert("localhost")
    certificate = server.Certificate(folder / f"{name}.pem", folder / f"{name}.key")
    leaf.private_key_pem.write_to_path(certificate.key)
    leaf.cert_chain_pems[0].write_to_path(certificate.chain)
    return certificate


@pytest.fixture(scope="module")
def port(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    certificate = pair(authority, tmp_path_factory.mktemp("server"))
    with served(server.config(app, "127.0.0.1", 0, certificate)) as port:
        yield port


def client(authority: trustme.CA, version: ssl.TLSVersion, ciphers: str = "ALL:@SECLEVEL=0") -> ssl.SSLContext:
    """That speaks one version only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    context.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    return context


def ask(port: int, context: ssl.SSLContext) -> tuple[str | None, bytes]:
    """Version that was spoken, and the status line. Raises ssl.SSLError."""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as raw,
        context.wrap_socket(raw, server_hostname="localhost") as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return connection.version(), connection.recv(4096).partition(b"\r\n")[0]


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_12_and_13_are_served(port: int, authority: trustme.CA, version: ssl.TLSVersion) -> None:
    assert ask(port, client(authority, version)) == (version.name.replace("_", "."), b"HTTP/1.1 204 No Content")


def test_tls_11_is_refused(port: int, authority: trustme.CA) -> None:
    old = client(authority, ssl.TLSVersion.TLSv1_1)
    assert offered(old) == b"\x03\x02", "the client does speak it"
    with pytest.raises(ssl.SSLError):
        ask(port, old)


def offered(context: ssl.SSLContext) -> bytes:
    """The version in a client's first message (RFC 5246, 7.4.1.2): 5 bytes of record, 4 of handshake before it."""
    sent = ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="localhost").do_handshake()
    return sent.read()[9:11]


def test_suites_without_forward_secrecy_or_aead_are_refused(port: int, authority: trustme.CA) -> None:
    for suites in ("AES256-GCM-SHA384:@SECLEVEL=0", "ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"):
        with pytest.raises(ssl.SSLError):
            ask(port, client(authority, ssl.TLSVersion.TLSv1_2, suites))


def test_a_certificate_with_the_key_of_another_does_not_start(authority: trustme.CA, tmp_path: Path) -> None:
    one, other = pair(authority, tmp_path, "one"), pair(authority, tmp_path, "other")
    for wrong in (server.Certificate(one.chain, other.key), server.Certificate(one.chain, tmp_path / "missing")):
        with pytest.raises(ConfigurationError, match="no pair"):
            server.config(app, "127.0.0.1", 0, wrong)


@pytest.mark.parametrize("option", ["--certificate", "--certificate-key"])
def test_a_certificate_and_its_key_go_together(option: str) -> None:
    done = CliRunner().invoke(main, ["serve", option, "some.pem"])
    assert done.exit_code == 2 and "go together" in done.output
