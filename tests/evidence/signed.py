"""Keys, authorities and bundles for the tests of signatures, made anew each time."""

from __future__ import annotations

import http.server
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from scanner.evidence.signing import dsse, manifest, statement
from scanner.evidence.signing.keys import LocalKey
from tests.evidence.described import evidence

FILES = {"report.md": b"a report\n", "findings.csv": b"policy\r\n"}


def pem(key: Ed25519PrivateKey, passphrase: str = "") -> bytes:
    """PKCS #8."""
    encryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def public(key: Ed25519PrivateKey, file: Path) -> Path:
    """The public key as a file."""
    file.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return file


def bundle(folder: Path, key: Ed25519PrivateKey | None = None, files: Mapping[str, bytes] = FILES) -> Path:
    """A folder with these files, their manifest, and the attestation if a key is given."""
    whole = {**files, manifest.NAME: manifest.text(files, {})}
    if key is not None:
        whole[dsse.NAME] = dsse.sealed(statement.statement(evidence(), whole), LocalKey(key))
    folder.mkdir()
    for name, content in whole.items():
        (folder / name).write_bytes(content)
    return folder


class Authority:
    """A time-stamping authority: `openssl ts` behind a small server on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        extensions = "extendedKeyUsage=critical,timeStamping"
        subject = ["-subj", "/CN=stamps.example", "-addext", extensions, "-days", "2", "-nodes"]
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-keyout", "key.pem", "-out", "cert.pem", *subject)
        (folder / "serial").write_text("01\n")
        (folder / "ts.cnf").write_text(
            "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\ndefault_policy = 1.2.3.4.1\n"
            "digests = sha256, sha512\nsigner_digest = sha256\nsigner_cert = cert.pem\nsigner_key = key.pem\n"
            "ess_cert_id_alg = sha256\nordering = yes\ntsa_name = no\n"
        )

    @property
    def certificate(self) -> Path:
        return self._folder / "cert.pem"

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self._folder, check=True, capture_output=True)

    def answer(self, query: bytes) -> bytes:
        """What `openssl ts` replies."""
        (self._folder / "query").write_bytes(query)
        self._openssl("ts", "-reply", "-config", "ts.cnf", "-section", "one", "-queryfile", "query", "-out", "reply")
        return (self._folder / "reply").read_bytes()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Its URL."""
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
