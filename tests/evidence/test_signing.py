"""Keys that sign bundles, wherever they are kept, and authorities that say when."""

from __future__ import annotations

import http.server
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from scanner.errors import IncompleteError, UsageError
from scanner.evidence.bundle import Vouching, write
from scanner.evidence.signing import dsse, keys, timestamp
from scanner.evidence.signing.verify import verify
from tests.command import paylint
from tests.evidence.described import evidence
from tests.evidence.signed import Authority, bundle, pem, public
from tests.reference.key_places import LABEL, PIN, application, softhsm

KEY = Ed25519PrivateKey.generate()
ID = keys.LocalKey(KEY).key_id


def key_file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    file = folder / "signing.pem"
    file.write_bytes(content)
    file.chmod(mode)
    return file


def test_a_key_in_a_file(tmp_path: Path) -> None:
    assert keys.signer(str(key_file(tmp_path, pem(KEY))), {}).key_id == ID


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620])
def test_a_key_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(UsageError, match="chmod 600"):
        keys.signer(str(key_file(tmp_path, pem(KEY), mode)), {})


def test_an_encrypted_key(tmp_path: Path) -> None:
    file = str(key_file(tmp_path, pem(KEY, "open sesame")))
    assert keys.signer(file, {keys.PASSPHRASE: "open sesame"}).key_id == ID
    for environment in ({}, {keys.PASSPHRASE: ""}, {keys.PASSPHRASE: "wrong"}):
        with pytest.raises(UsageError, match=keys.PASSPHRASE):
            keys.signer(file, environment)


def test_a_key_in_the_environment() -> None:
    assert keys.signer("env:CI_KEY", {"CI_KEY": pem(KEY).decode()}).key_id == ID
    with pytest.raises(UsageError, match="not set"):
        keys.signer("env:CI_KEY", {})


def test_an_error_shows_nothing_of_the_key() -> None:
    damaged = pem(KEY).decode().replace("MC4CAQ", "MC4CAR")
    with pytest.raises(UsageError) as caught:
        keys.signer("env:CI_KEY", {"CI_KEY": damaged})
    assert damaged.splitlines()[1] not in str(caught.value)
    assert caught.value.__cause__ is None


def test_another_kind_of_key_is_refused(tmp_path: Path) -> None:
    rsa = generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content in (rsa, b"no key", b""):
        with pytest.raises(UsageError):
            keys.signer(str(key_file(tmp_path, content)), {})


def test_a_key_made_by_openssl_and_its_id(tmp_path: Path) -> None:
    """As the README has it: the id is what openssl says of the public key in DER."""
    for words in (
        "genpkey -algorithm ed25519 -out signing.pem",
        "pkey -in signing.pem -pubout -out public.pem",
        "pkey -in signing.pem -pubout -outform DER -out public.der",
    ):
        subprocess.run(["openssl", *words.split()], cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "signing.pem").chmod(0o600)
    said = subprocess.run(
        ["openssl", "dgst", "-sha256", "-r", "public.der"], cwd=tmp_path, check=True, capture_output=True
    )
    digest = said.stdout.decode().split()[0]
    assert keys.signer(str(tmp_path / "signing.pem"), {}).key_id == digest
    assert keys.trusted(tmp_path / "public.pem").key_id == digest


def test_the_same_evidence_is_the_same_bundle_byte_for_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(evidence(), tmp_path / name, Vouching(keys.LocalKey(KEY)))
    first, second = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert dsse.NAME in first
    assert first == second


def _token_key(name: str) -> str:
    """An ed25519 key in a token, by its URI."""
    import pkcs11
    from asn1crypto.core import PrintableString

    module = softhsm()
    token = pkcs11.lib(str(module)).get_token(token_label=LABEL)
    with token.open(user_pin=PIN, rw=True) as session:
        curve = session.create_domain_parameters(
            pkcs11.KeyType.EC_EDWARDS,
            {pkcs11.Attribute.EC_PARAMS: PrintableString("edwards25519").dump()},
            local=True,
        )
        curve.generate_keypair(mechanism=pkcs11.Mechanism.EC_EDWARDS_KEY_PAIR_GEN, store=True, label=name)
    return f"pkcs11:token={LABEL};object={name}?module-path={module}&pin-source=env:TOKEN_PIN"


def test_a_key_that_never_leaves_its_token(tmp_path: Path) -> None:
    import pkcs11

    uri = _token_key(f"signing-{application()}")
    signer = keys.signer(uri, {"TOKEN_PIN": PIN})
    write(evidence(), tmp_path / "b", Vouching(signer))
    verdict = verify(tmp_path / "b", [_public_of_token(uri, signer.key_id)])
    assert (verdict.problems, verdict.signed_by) == ((), signer.key_id)
    with pkcs11.lib(str(softhsm())).get_token(token_label=LABEL).open(user_pin=PIN) as session:
        assert session  # nobody is logged in any more


def _public_of_token(uri: str, key_id: str) -> keys.TrustedKey:
    import pkcs11
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    label = uri.partition("object=")[2].partition("?")[0]
    with pkcs11.lib(str(softhsm())).get_token(token_label=LABEL).open() as session:
        found = session.get_key(pkcs11.ObjectClass.PUBLIC_KEY, pkcs11.KeyType.EC_EDWARDS, label)
        public_key = Ed25519PublicKey.from_public_bytes(bytes(found[pkcs11.Attribute.EC_POINT])[-32:])
    assert keys.key_id(public_key) == key_id
    return keys.TrustedKey(public_key, key_id, "token")


@pytest.mark.parametrize(
    "change",
    [
        ("object=", "object=no-such-key-"),
        (f"token={LABEL}", "token=no-such-token"),
        ("module-path=", "module-path=/no"),
    ],
    ids=["key", "token", "module"],
)
def test_a_token_that_does_not_open(change: tuple[str, str]) -> None:
    uri = f"pkcs11:token={LABEL};object=x?module-path={softhsm()}&pin-source=env:TOKEN_PIN"
    with pytest.raises(UsageError, match="--sign-key"):
        keys.signer(uri.replace(*change), {"TOKEN_PIN": PIN})


def test_a_wrong_pin_is_not_shown() -> None:
    uri = f"pkcs11:token={LABEL};object=x?module-path={softhsm()}&pin-source=env:TOKEN_PIN"
    with pytest.raises(UsageError) as caught:
        keys.signer(uri, {"TOKEN_PIN": "wrong-pin-here"})
    assert "wrong-pin-here" not in str(caught.value)
    with pytest.raises(UsageError, match="command line"):
        keys.signer(f"{uri}&pin-value=wrong-pin-here", {})


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "ts")


def stamped(folder: Path, authority: Authority) -> Path:
    with authority.serving() as url:
        write(evidence(), folder, Vouching(keys.LocalKey(KEY), url))
    return folder


def test_a_time_stamp_of_a_trusted_authority(tmp_path: Path, authority: Authority) -> None:
    folder = stamped(tmp_path / "b", authority)
    trusted = [keys.trusted(public(KEY, tmp_path / "key.pem"))]
    verdict = verify(folder, trusted, [authority.certificate])
    assert verdict.problems == ()
    assert any(said.startswith("time-stamped at ") for said in verdict.said)
    assert not any(said.startswith("time-stamped at ") for said in verify(folder, trusted).said)


def test_a_time_stamp_that_does_not_fit(tmp_path: Path, authority: Authority) -> None:
    folder = stamped(tmp_path / "b", authority)
    other = Authority(tmp_path / "other")
    assert verify(folder, (), [other.certificate]).problems[0].startswith(f"{timestamp.NAME}: is no time-stamp")
    made = bundle(tmp_path / "another", KEY)
    (made / timestamp.NAME).write_bytes((folder / timestamp.NAME).read_bytes())
    assert verify(made, (), [authority.certificate]).problems[0].startswith(f"{timestamp.NAME}: is no time-stamp")
    for content in (b"", b"no time-stamp", (folder / timestamp.NAME).read_bytes()[:-40]):
        (folder / timestamp.NAME).write_bytes(content)
        assert verify(folder, (), [authority.certificate]).problems
    (folder / timestamp.NAME).unlink()
    assert "is missing" in verify(folder, (), [authority.certificate]).problems[0]


@contextmanager
def answering(status: int, content: bytes) -> Iterator[str]:
    """An authority that says something else."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content) + (status == 206)))
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


@pytest.mark.parametrize(("status", "content"), [(500, b""), (200, b""), (200, b"<html>"), (206, b"cut short")])
def test_a_time_stamp_that_fails_leaves_no_bundle(tmp_path: Path, status: int, content: bytes) -> None:
    with answering(status, content) as url, pytest.raises(IncompleteError, match="no time-stamp"):
        write(evidence(), tmp_path / "b", Vouching(keys.LocalKey(KEY), url))
    assert not (tmp_path / "b").exists()


def test_an_authority_that_does_not_answer_or_is_none(tmp_path: Path) -> None:
    with answering(200, b"") as url:
        pass
    with pytest.raises(IncompleteError, match="no time-stamp"):
        timestamp.fetched(url, b"x")
    for wrong in ("file:///etc/hostname", "ftp://stamps.example", "stamps.example"):
        with pytest.raises(UsageError, match="http"):
            timestamp.fetched(wrong, b"x")


def test_an_old_answer_is_not_taken(authority: Authority) -> None:
    """A reply to another question: its nonce is not ours."""
    with authority.serving() as url:
        earlier = timestamp.fetched(url, b"message")
    with answering(200, earlier) as url, pytest.raises(IncompleteError):
        timestamp.fetched(url, b"message")


def test_the_command_signs_and_verifies(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "pay.py").write_text("x = 1\n")
    environment = {"CI_KEY": pem(KEY).decode(), "SOURCE_DATE_EPOCH": "1790000000"}
    answer = paylint("evidence", "-o", "../b", "--sign-key", "env:CI_KEY", cwd=shop, env=environment)
    assert answer.code == 0, answer
    public(KEY, tmp_path / "key.pem")
    assert f"signed by {ID}" in paylint("verify", "b", "--key", "key.pem", cwd=tmp_path).out
    assert paylint("verify", "b", "--require-signature", cwd=tmp_path).code == 1
