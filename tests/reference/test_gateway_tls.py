"""Who is talked to: certificates, pins, versions and suites, each against a real server that does it wrong."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import warnings
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from reference_impl.errors import ConfigurationError
from reference_impl.gateway.client import HttpGateway
from reference_impl.gateway.exchange import Timing
from reference_impl.gateway.model import (
    Authorization,
    GatewayTimeoutError,
    GatewayUnreachableError,
    GatewayUntrustedError,
)
from reference_impl.gateway.tls import Identity, PinnedContext, client_context, pin_of
from tests.reference.processor import Processor, authority, good_leaf, keys, tls
from tests.reference.test_gateway_client import authorize
from tests.reference.tls_files import ca_file, der, spare_pin

TIMING = Timing(total=120, attempt=60, connect=60, tries=2, backoff=0.01)


def attempt(server: ssl.SSLContext, client: PinnedContext, host: str = "localhost") -> tuple[object, Processor]:
    """A payment: what came of it (GatewayUntrustedError or not), and what the server saw."""
    processor = Processor()

    async def main() -> object:
        async with processor.serve(server):
            gateway = HttpGateway(processor.url(host), (host,), client, keys().client, timing=TIMING)
            async with gateway:
                try:
                    return await authorize(gateway)
                except (GatewayUnreachableError, GatewayTimeoutError) as error:
                    return error

    return asyncio.run(main()), processor


def trusting(folder: Path, *pins: str, ca: trustme.CA | None = None, identity: Identity | None = None) -> PinnedContext:
    """A client that believes one CA."""
    wanted = pins or (pin_of(der(good_leaf())), spare_pin())
    return client_context(wanted, authority=ca_file(ca or authority(), folder), identity=identity)


def refused(outcome: tuple[object, Processor]) -> bool:
    """Untrusted, and not one byte of a request arrived."""
    error, processor = outcome
    return type(error) is GatewayUntrustedError and not processor.requests and not processor.bytes_read


def nothing_agreed(server: ssl.SSLContext, client: PinnedContext) -> bool:
    """The handshake fails for its versions or suites, and not one byte of a request arrived."""
    with pytest.raises(ssl.SSLError) as caught:
        handshake(server, client)
    assert not isinstance(caught.value, ssl.SSLCertVerificationError)
    error, processor = attempt(server, client)  # a server of asyncio closes without saying why
    return isinstance(error, GatewayUnreachableError) and not processor.requests and not processor.bytes_read


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "self.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_good_server_is_talked_to_in_tls_13(tmp_path: Path) -> None:
    server = tls(good_leaf())
    server.minimum_version = ssl.TLSVersion.TLSv1_3
    done, _ = attempt(server, trusting(tmp_path))
    assert isinstance(done, Authorization)


def test_the_newest_common_version_is_taken(tmp_path: Path) -> None:
    assert handshake(tls(good_leaf()), trusting(tmp_path)).startswith("TLSv1.3 ")


@pytest.mark.parametrize("pinned", ["leaf", "issuer", "root", "backup"])
def test_leaf_issuer_and_backup_pins(tmp_path: Path, pinned: str) -> None:
    issuing = authority().create_child_ca()
    leaf = issuing.issue_cert("localhost")
    pin = {"leaf": der(leaf), "issuer": der(issuing), "root": der(authority()), "backup": der(leaf)}[pinned]
    pins = [pin_of(pin), spare_pin()]
    if pinned == "backup":
        pins.reverse()
    done, _ = attempt(tls(leaf), trusting(tmp_path, *pins))
    assert isinstance(done, Authorization)


def test_a_wrong_pin_stops_before_the_first_byte(tmp_path: Path) -> None:
    """The certificate is one the CA vouches for: only the pin tells."""
    assert refused(attempt(tls(good_leaf()), trusting(tmp_path, spare_pin(), spare_pin())))


def test_a_wrong_pin_stops_tls_12_too(tmp_path: Path) -> None:
    server = tls(good_leaf())
    server.maximum_version = ssl.TLSVersion.TLSv1_2
    assert refused(attempt(server, trusting(tmp_path, spare_pin(), spare_pin())))


def test_a_pinned_certificate_sent_beside_the_chain_proves_nothing(tmp_path: Path) -> None:
    """Another leaf of the same CA, with the public certificate of the pinned key appended."""
    other = authority().issue_cert("localhost")
    file = tmp_path / "both.pem"
    appended = good_leaf().cert_chain_pems[0].bytes()
    file.write_bytes(other.private_key_pem.bytes() + other.cert_chain_pems[0].bytes() + appended)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    assert refused(attempt(server, trusting(tmp_path)))


def test_a_blocking_socket_is_pinned_too(tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(tls(good_leaf()), trusting(tmp_path, spare_pin(), spare_pin()))


def expired(folder: Path) -> ssl.SSLContext:
    past = datetime.now(timezone.utc) - timedelta(days=1)
    return tls(authority().issue_cert("localhost", not_before=past - timedelta(days=30), not_after=past))


def not_yet_valid(folder: Path) -> ssl.SSLContext:
    return tls(authority().issue_cert("localhost", not_before=datetime.now(timezone.utc) + timedelta(days=1)))


def wrong_host(folder: Path) -> ssl.SSLContext:
    return tls(authority().issue_cert("other.example"))


def name_only_in_subject(folder: Path) -> ssl.SSLContext:
    return tls(authority().issue_cert("other.example", common_name="localhost"))


def unknown_authority(folder: Path) -> ssl.SSLContext:
    return tls(trustme.CA().issue_cert("localhost"))


@pytest.mark.parametrize(
    "server", [expired, not_yet_valid, wrong_host, name_only_in_subject, unknown_authority, self_signed]
)
def test_a_server_that_does_not_prove_who_it_is(tmp_path: Path, server: Callable[[Path], ssl.SSLContext]) -> None:
    assert refused(attempt(server(tmp_path), trusting(tmp_path)))


def test_an_address_is_not_a_name(tmp_path: Path) -> None:
    named = authority().issue_cert("localhost")
    assert refused(attempt(tls(named), trusting(tmp_path, pin_of(der(named)), spare_pin()), "127.0.0.1"))
    done, _ = attempt(tls(good_leaf()), trusting(tmp_path), "127.0.0.1")
    assert isinstance(done, Authorization)


def old_version(version: ssl.TLSVersion) -> ssl.SSLContext:
    """A server that speaks nothing newer."""
    server = tls(good_leaf())
    server.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        server.minimum_version = server.maximum_version = version
    return server


def permissive(version: ssl.TLSVersion) -> ssl.SSLContext:
    """A client that takes everything: shows that a server works."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    client.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        client.minimum_version = version
    return client


def handshake(server: ssl.SSLContext, client: ssl.SSLContext) -> str:
    """Version and suite two contexts agree on."""
    ours, theirs = socket.socketpair()

    def serve() -> None:
        try:
            with server.wrap_socket(theirs, server_side=True) as connection:
                connection.recv(1)
        except OSError:
            theirs.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with closing(ours), client.wrap_socket(ours, server_hostname="localhost") as connection:
            return f"{connection.version()} {(connection.cipher() or ['-'])[0]}"
    finally:
        thread.join()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_versions_are_not_spoken(tmp_path: Path, version: ssl.TLSVersion) -> None:
    server = old_version(version)
    try:
        handshake(server, permissive(version))
    except ssl.SSLError as error:
        pytest.skip(f"this OpenSSL builds no server of {version.name}: {error.reason}")
    assert nothing_agreed(server, trusting(tmp_path))


@pytest.mark.parametrize("suite", ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA"])
def test_suites_without_forward_secrecy_or_aead_are_not_spoken(tmp_path: Path, suite: str) -> None:
    leaf = authority().issue_cert("localhost", key_type=trustme.KeyType.RSA)
    server = tls(leaf)
    server.maximum_version = ssl.TLSVersion.TLSv1_2
    try:
        server.set_ciphers(f"{suite}:@SECLEVEL=0")
        handshake(server, permissive(ssl.TLSVersion.TLSv1_2))
    except ssl.SSLError as error:
        pytest.skip(f"this OpenSSL does no {suite}: {error.reason}")
    assert nothing_agreed(server, trusting(tmp_path, pin_of(der(leaf)), spare_pin()))


def test_set_ciphers_governs_tls_12_alone(tmp_path: Path) -> None:
    """All suites are AEAD with ephemeral keys, also those `set_ciphers` does not reach."""
    context = trusting(tmp_path)
    suites = context.get_ciphers()
    assert {suite["protocol"] for suite in suites} == {"TLSv1.3", "TLSv1.2"}
    assert all(suite["aead"] for suite in suites)
    assert all(suite["name"].startswith("ECDHE-") for suite in suites if suite["protocol"] == "TLSv1.2")
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256")
    assert len([suite for suite in context.get_ciphers() if suite["protocol"] == "TLSv1.3"]) > 1


def old_client() -> ssl.SSLContext:
    """Speaks TLS 1.1 at most."""
    client = permissive(ssl.TLSVersion.TLSv1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        client.maximum_version = ssl.TLSVersion.TLSv1_1
    return client


def test_the_client_proves_itself_where_the_gateway_asks(tmp_path: Path) -> None:
    ours = authority().issue_cert("payments.example")
    ours.private_key_pem.write_to_path(tmp_path / "key.pem")
    ours.cert_chain_pems[0].write_to_path(tmp_path / "leaf.pem")
    server = tls(good_leaf())
    authority().configure_trust(server)
    server.verify_mode = ssl.CERT_REQUIRED
    done, _ = attempt(server, trusting(tmp_path, identity=Identity(tmp_path / "leaf.pem", tmp_path / "key.pem")))
    assert isinstance(done, Authorization)


def test_a_server_that_turns_the_client_down_after_the_handshake(tmp_path: Path) -> None:
    """In TLS 1.3 the client's part is done by then: the alert arrives in place of an answer."""
    server = tls(good_leaf())
    authority().configure_trust(server)
    server.verify_mode = ssl.CERT_REQUIRED
    listening = socket.create_server(("127.0.0.1", 0))
    alerts: list[str] = []

    def serve() -> None:
        with suppress(OSError):  # closed below
            while True:
                accepted, _ = listening.accept()
                accepted.settimeout(20)
                with server.wrap_socket(accepted, server_side=True, do_handshake_on_connect=False) as connection:
                    try:
                        connection.do_handshake()
                    except ssl.SSLError as error:  # its alert was sent
                        alerts.append(error.reason)
                    raw = connection.detach()
                with socket.socket(fileno=raw) as rest, suppress(OSError):
                    rest.shutdown(socket.SHUT_WR)
                    while rest.recv(65536):  # a request that is not read would turn the alert into a reset
                        pass

    async def main() -> None:
        url = f"https://localhost:{listening.getsockname()[1]}"
        async with HttpGateway(url, ("localhost",), trusting(tmp_path), keys().client, timing=TIMING) as gateway:
            with pytest.raises(GatewayTimeoutError):
                await authorize(gateway)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        asyncio.run(main())
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
    assert set(alerts) == {"PEER_DID_NOT_RETURN_A_CERTIFICATE"}


@pytest.mark.parametrize(
    "pins",
    [[], [spare_pin()], [spare_pin(), "short"], [spare_pin(), "*" * 44], [spare_pin(), spare_pin()[:-5]], ["é", "ü"]],
)
def test_fewer_than_two_pins_or_none_at_all(tmp_path: Path, pins: list[str]) -> None:
    with pytest.raises(ConfigurationError):
        client_context(pins, authority=ca_file(authority(), tmp_path))


def test_the_same_pin_twice_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        client_context([spare_pin()] * 2, authority=ca_file(authority(), tmp_path))


def test_files_that_do_not_load(tmp_path: Path) -> None:
    missing = tmp_path / "missing.pem"
    with pytest.raises(ConfigurationError):
        client_context([spare_pin(), spare_pin()], authority=missing)
    with pytest.raises(ConfigurationError):
        client_context([spare_pin(), spare_pin()], identity=Identity(missing, missing))


def test_without_a_private_authority_the_systems_are_believed() -> None:
    context = client_context([spare_pin(), spare_pin()])
    assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname
