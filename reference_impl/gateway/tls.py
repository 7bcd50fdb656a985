"""TLS with the gateway, and for our own server: which versions and suites, whose certificate, which keys.

NIST SP 800-52r2 and PCI DSS 4.2.1: TLS 1.3 where both sides have it, 1.2 otherwise, nothing older. `set_ciphers`
governs TLS 1.2 only: the suites of TLS 1.3 are all AEAD with forward secrecy, and OpenSSL keeps its own list of them.

A pin is the base64 of the SHA-256 of a certificate's SubjectPublicKeyInfo (RFC 7469, 2.4): it outlives a renewed
certificate with the same key. The check runs inside the handshake of the connection (`sslobject_class`, which asyncio
and anyio use alike), so no byte of a request leaves before it, and every library that takes an SSLContext is pinned.
"""

from __future__ import annotations

import base64
import hashlib
import ssl
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reference_impl.errors import ConfigurationError

TLS12_SUITES = "ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=2"
"""Ephemeral key exchange and AEAD; level 2 refuses RSA below 2048 bits, SHA-1 signatures and weaker curves."""


class Identity(NamedTuple):
    """What this service proves itself with to the gateway (mutual TLS): PEM files, the chain leaf first."""

    certificate: Path
    key: Path


def pin_of(certificate: bytes) -> str:
    """The pin of a certificate in DER."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    digest = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    return base64.b64encode(digest).decode()


def client_context(
    pins: Iterable[str], *, authority: Path | None = None, identity: Identity | None = None
) -> PinnedContext:
    """For connections to the gateway.

    `pins`: of the leaf or of an issuer; one in use and one of a key that waits in a safe, so that losing a key does
    not cut us off. `authority`: the file of a private CA, which is then the only one believed; the system's otherwise.

    Raises ConfigurationError for fewer than two pins, for one that is none, and for files that do not load.
    """
    context = PinnedContext(ssl.PROTOCOL_TLS_CLIENT)  # verifies chain and host name
    context.pins = _checked(pins)
    context.hostname_checks_common_name = False
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    _modern(context)
    try:
        if authority is None:
            context.load_default_certs()
        else:
            context.load_verify_locations(cafile=authority)
        if identity is not None:
            context.load_cert_chain(identity.certificate, identity.key)
    except OSError:  # ssl.SSLError is one
        raise ConfigurationError("gateway: the CA, the client certificate or its key does not load") from None
    return context


def _modern(context: ssl.SSLContext) -> None:
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
    context.set_ciphers(TLS12_SUITES)
    # Renegotiation (TLS 1.2) could present another certificate after the pins were checked.
    context.options |= ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_COMPRESSION


def _checked(pins: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(pins)
    for pin in wanted:
        try:
            digest = base64.b64decode(pin, validate=True)
        except ValueError:  # no base64, or not even ASCII
            digest = b""
        if len(digest) != hashlib.sha256().digest_size:
            raise ConfigurationError("gateway_pins: a pin is the base64 of 32 bytes, the SHA-256 of a public key")
    if len(wanted) < 2:
        raise ConfigurationError("gateway_pins: two at least, one in use and a backup")
    return wanted


def _check_pins(connection: ssl.SSLObject | ssl.SSLSocket) -> None:
    """Raises ssl.SSLCertVerificationError unless a key of the verified chain is pinned."""
    pins = cast("PinnedContext", connection.context).pins
    # What the server sent beside the chain proves nothing: only what leads to the trusted root is looked at.
    if not any(pin_of(certificate) in pins for certificate in _verified_chain(connection)):
        raise ssl.SSLCertVerificationError(1, "no key of the certificate chain is pinned")


def _verified_chain(connection: ssl.SSLObject | ssl.SSLSocket) -> list[bytes]:
    """Leaf to root, DER. Public from Python 3.13 on; the same function lies below it in 3.10 to 3.12."""
    if sys.version_info >= (3, 13):
        return list(connection.get_verified_chain())
    import _ssl

    chain: list[_ssl.Certificate] = getattr(connection, "_sslobj").get_verified_chain()  # noqa: B009
    return [certificate.public_bytes(_ssl.ENCODING_DER) for certificate in chain]


class _PinnedObject(ssl.SSLObject):
    """A TLS connection over buffers: asyncio, anyio, httpx."""

    def do_handshake(self) -> None:
        super().do_handshake()
        _check_pins(self)


class _PinnedSocket(ssl.SSLSocket):
    """A TLS connection over a socket: everything that blocks."""

    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        _check_pins(self)


class PinnedContext(ssl.SSLContext):
    """A context whose connections fail their handshake unless a key of the verified chain is in `pins`."""

    pins: frozenset[str] = frozenset()
    sslobject_class = _PinnedObject
    sslsocket_class = _PinnedSocket
