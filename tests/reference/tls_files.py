"""Certificates as the files and bytes that TLS wants."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def ca_file(authority: trustme.CA, folder: Path) -> Path:
    """The certificate of a CA."""
    path = folder / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


def pem_files(leaf: trustme.LeafCert, folder: Path) -> tuple[Path, Path]:
    """New files with a certificate's chain and its key."""
    place = Path(tempfile.mkdtemp(dir=folder))
    chain, key = place / "chain.pem", place / "key.pem"
    for pem in leaf.cert_chain_pems:
        pem.write_to_path(chain, append=True)
    leaf.private_key_pem.write_to_path(key)
    return chain, key


def der(leaf: trustme.LeafCert | trustme.CA) -> bytes:
    """The certificate itself."""
    pem = leaf.cert_pem if isinstance(leaf, trustme.CA) else leaf.cert_chain_pems[0]
    return x509.load_pem_x509_certificate(pem.bytes()).public_bytes(Encoding.DER)


def spare_pin() -> str:
    """The pin of a key nobody has."""
    return base64.b64encode(os.urandom(32)).decode()
