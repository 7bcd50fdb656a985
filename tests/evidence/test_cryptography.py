"""The inventory of cryptography and its two files, on hand-made evidence and on the reference implementation."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timezone
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.evidence.artefacts import cryptography_table
from scanner.evidence.inventories import cryptography
from scanner.evidence.inventories.strength import strength
from scanner.evidence.model import CryptoItem, Evidence, Profile
from scanner.model import Observed, Place, ScanResult, Severity, Span, Tool
from scanner.run import run

REFERENCE = Path(__file__).parents[2] / "reference_impl"


def observed(path: str, line: int, column: int = 1, **values: str) -> Observed:
    named = {name.replace("_", " "): value for name, value in values.items()}
    subject = named.pop("subject", "")
    place = Place(path, Span(line, column, line, column + 3))
    return Observed("cryptography.python.any", "cryptography", place, subject, named)


def result_of(*seen: Observed) -> ScanResult:
    return ScanResult(Tool("paylint", "1", "sha256:ab"), {}, {}, (), (), (), (), (), Severity.MEDIUM, 0, observed=seen)


def evidence_of(*seen: Observed) -> Evidence:
    result = result_of(*seen)
    at = datetime(2026, 5, 4, 3, 2, 1, tzinfo=timezone.utc)
    return Evidence(result, Profile(), at, None, (), cryptography=cryptography.items(result))


SEEN = (
    observed("a.py", 3, kind="algorithm", primitive="ae", name="AESGCM", call="cryptography.AESGCM"),
    observed("b.py", 9, kind="algorithm", primitive="ae", name="AESGCM", call="cryptography.AESGCM"),
    observed("a.py", 4, kind="algorithm", primitive="mac", name="HMAC", digest="hashlib.sha256"),
    observed("a.py", 5, kind="algorithm", primitive="jose", name="PS256"),
    observed("a.py", 6, kind="key", primitive="signature", name="rsa", key_size="1024"),
    observed("c.tf", 1, kind="key", name="SYMMETRIC_DEFAULT", subject="aws_kms_key.k", purpose="=1+1"),
    observed("c.tf", 9, kind="certificate", name="EC_prime256v1", subject="aws_acm_certificate.c", domain="a.example"),
    observed(
        "n.conf",
        2,
        kind="protocol",
        name="TLS",
        side="server",
        minimum_version="TLSv1.0",
        cipher_suites="ECDHE-RSA-AES128-GCM-SHA256:ECDHE+CHACHA20",
    ),
)


def test_names_are_written_in_one_way() -> None:
    named = {(item.place.path, item.place.span.line): item.name for item in cryptography.items(result_of(*SEEN))}
    assert named["a.py", 3] == "AES-GCM"
    assert named["a.py", 4] == "HMAC-SHA-256"
    assert named["a.py", 5] == "RSASSA-PSS"
    assert named["a.py", 6] == "RSA"
    assert named["c.tf", 1] == "AES-256-GCM"


@pytest.mark.parametrize(
    ("identifier", "name", "said"),
    [
        ("HS256", "HMAC-SHA-256", {"digest": "SHA-256"}),
        ("RS512", "RSASSA-PKCS1-v1_5", {"digest": "SHA-512"}),
        ("ES512", "ECDSA", {"curve": "P-521"}),
        ("A128CBC-HS256", "AES-CBC-HMAC", {"key size": "128"}),
        ("ECDH-ES+A256KW", "ECDH-ES", {"key size": "256"}),
        ("RSA-OAEP", "RSA-OAEP", {"digest": "SHA-1"}),
    ],
)
def test_names_of_json_web_algorithms(identifier: str, name: str, said: dict[str, str]) -> None:
    (item,) = cryptography.items(result_of(observed("a.py", 1, kind="algorithm", primitive="jose", name=identifier)))
    assert item.name == name
    assert said.items() <= dict(item.detail).items()
    assert dict(item.detail)["identifier"] == identifier


@pytest.mark.parametrize(
    ("written", "name", "primitive"),
    [
        ("AES/GCM/NoPadding", "AES-GCM", "ae"),
        ("DESede/CBC/PKCS5Padding", "3DES-CBC", "block-cipher"),
        ("HmacSHA256", "HMAC-SHA-256", "mac"),
        ("HMACSHA512", "HMAC-SHA-512", "mac"),
        ("SHA256withRSA", "RSASSA-PKCS1-v1_5", "signature"),
        ("SHA-256", "SHA-256", "hash"),
        ("SHA256", "SHA-256", "hash"),
        ("MD5", "MD5", "hash"),
        ("aes-256-gcm", "AES-256-GCM", "ae"),
        ("des-ede3-cbc", "3DES-CBC", "block-cipher"),
        ("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", "RSA-OAEP", "pke"),
        ("AesGcm", "AES-GCM", "ae"),
        ("Nobody knows", "Nobody knows", "unknown"),
    ],
)
def test_names_of_libraries(written: str, name: str, primitive: str) -> None:
    (item,) = cryptography.items(result_of(observed("a", 1, kind="algorithm", primitive="jca", name=written)))
    assert (item.name, dict(item.detail)["primitive"]) == (name, primitive)


def test_the_same_on_one_line_is_one_item_and_on_two_lines_two() -> None:
    one = {"kind": "algorithm", "name": "sha256"}
    seen = [observed("a.py", 1, 5, **one), observed("a.py", 1, 50, **one), observed("a.py", 2, 5, **one)]
    assert [item.place.span.line for item in cryptography.items(result_of(*seen))] == [1, 2]


def test_other_inventories_are_none_of_its_business() -> None:
    seen = observed("a.py", 1, kind="algorithm", name="sha256")._replace(inventory="scripts")
    assert cryptography.items(result_of(seen)) == ()


@pytest.mark.parametrize(
    ("kind", "name", "detail", "said"),
    [
        ("algorithm", "MD5", {}, "weak"),
        ("algorithm", "SHA-1", {}, "weak"),
        ("algorithm", "SHA-256", {}, "128 bits"),
        ("algorithm", "HMAC-SHA-256", {}, "256 bits"),
        ("algorithm", "3DES-CBC", {}, "weak"),
        ("key", "RSA", {"key size": "3072"}, "128 bits"),
        ("key", "RSA", {"key size": "1024"}, "weak: 80 bits"),
        ("key", "RSA", {"key size": "KEY_BITS"}, ""),
        ("key", "RSA_2048", {}, "112 bits"),
        ("algorithm", "AES-GCM", {"key size": "256"}, "256 bits"),
        ("algorithm", "AES-GCM", {}, ""),
        ("protocol", "TLS", {"minimum version": "TLSv1.2"}, ""),
        ("protocol", "TLS", {"minimum version": "TLSV1_0"}, "weak: TLSV1_0 is accepted"),
        ("protocol", "TLS", {"minimum version": "unknown"}, ""),
        ("protocol", "TLS", {"minimum version": "VersionTLS10"}, "weak: VersionTLS10 is accepted"),
        ("protocol", "TLS", {"cipher suites": "ECDHE+AESGCM:!aNULL:!3DES"}, ""),
        ("protocol", "TLS", {"cipher suites": "DEFAULT:RC4-SHA"}, "weak: RC4-SHA is offered"),
        ("protocol", "TLS", {"verification": "False"}, "weak: peers are not verified"),
        ("protocol", "TLS", {"verification": "off = true"}, "weak: peers are not verified"),
        ("protocol", "TLS", {"verification": "off = false"}, ""),
        ("protocol", "TLS", {"policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"}, ""),
        (
            "protocol",
            "TLS",
            {"policy": "ELBSecurityPolicy-2016-08"},
            "weak: ELBSecurityPolicy-2016-08 is accepted",
        ),
        ("protocol", "TLS", {"verification": "true"}, ""),
        ("protocol", "TLS", {"verification": "/etc/ssl/authority.pem"}, ""),
        ("algorithm", "AES-ECB", {}, "weak"),
    ],
)
def test_strength_is_said_where_the_code_says_enough(kind: str, name: str, detail: dict[str, str], said: str) -> None:
    item = CryptoItem(kind, name, tuple(detail.items()), Place("a", Span(1, 1, 1, 2)))
    assert strength(item) == said


def test_the_table_holds_no_formula_and_leaves_room_for_the_review() -> None:
    rows = list(csv.DictReader(io.StringIO(cryptography_table.write(evidence_of(*SEEN)).decode())))
    assert len(rows) == len(SEEN)
    assert all(row["reviewed by"] == row["reviewed on"] == "" for row in rows)
    assert next(row for row in rows if row["where"] == "c.tf" and row["line"] == "1")["purpose"] == "'=1+1"
    served = next(row for row in rows if row["where"] == "n.conf")
    assert served["minimum version"] == "TLSv1.0"
    assert served["strength"] == "weak: TLSv1.0 is accepted"


def test_the_bill_of_materials_is_valid_and_always_the_same() -> None:
    pytest.importorskip("cyclonedx", reason="an extra: paylint[evidence]")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    from scanner.evidence.artefacts import cbom

    text = cbom.write(evidence_of(*SEEN)).decode()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert cbom.write(evidence_of(*reversed(SEEN)))[-100:] == text.encode()[-100:]
    assert cbom.write(evidence_of(*SEEN)).decode() == text
    content = json.loads(text)
    assert content["metadata"]["timestamp"].startswith("2026-05-04T03:02:01")
    cipher = next(each for each in content["components"] if each["name"] == "AES-GCM")
    places = {(each["location"], each["line"]) for each in cipher["evidence"]["occurrences"]}
    assert places == {("a.py", 3), ("b.py", 9)}
    assert cipher["cryptoProperties"]["algorithmProperties"] == {"mode": "gcm", "primitive": "ae"}
    served = next(each for each in content["components"] if each["name"] == "TLS")["cryptoProperties"]
    assert served["protocolProperties"]["version"] == "1.0"
    assert [suite["name"] for suite in served["protocolProperties"]["cipherSuites"]] == [
        "ECDHE+CHACHA20",
        "ECDHE-RSA-AES128-GCM-SHA256",
    ]


def test_nothing_observed_is_an_empty_and_valid_bill() -> None:
    pytest.importorskip("cyclonedx", reason="an extra: paylint[evidence]")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    from scanner.evidence.artefacts import cbom

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(cbom.write(evidence_of()).decode()) is None


@pytest.fixture(scope="module")
def reference() -> tuple[CryptoItem, ...]:
    root = REFERENCE.resolve()
    result = run(Config(root=root, paths=(root,), inventory=True, policies=("cryptography",), cache=False))
    return cryptography.items(result)


@pytest.mark.parametrize(
    ("name", "path", "said"),
    [
        ("HMAC-SHA-256", "vault/encoding.py", {}),
        ("HMAC-SHA-256", "audit/chain.py", {}),
        ("HKDF", "keys/subjects.py", {"digest": "SHA-256"}),
        ("scrypt", "crypto/sealed_file.py", {}),
        ("AES-GCM", "crypto/pkcs11.py", {}),
        ("AES-GCM", "keys/service.py", {}),
        ("Ed25519", "audit/head.py", {}),
        ("RSA-OAEP", "client_encryption/envelope.py", {"digest": "SHA-256"}),
        ("RSASSA-PSS", "auth/tokens.py", {}),
        ("TLS", "gateway/tls.py", {"minimum version": "TLSv1_2"}),
        ("TLS", "web/server.py", {"minimum version": "TLSv1_2"}),
        ("TLS", "deploy/kubernetes/routes.yaml", {"minimum version": "TLSV1_2", "port": "8443"}),
        ("TLS", "deploy/kafka/kafka.yaml", {"versions": "TLSv1.3,TLSv1.2", "authentication": "scram-sha-512"}),
        ("TLS", "deploy/terraform/edge.tf", {"policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"}),
        ("TLS", "deploy/terraform/database.tf", {"minimum version": "TLSv1.2"}),
        ("AES-256-GCM", "deploy/terraform/keys.tf", {"rotation": "true"}),
        ("EC_prime256v1", "deploy/terraform/edge.tf", {}),
    ],
)
def test_the_reference_implementation_is_listed(
    reference: tuple[CryptoItem, ...], name: str, path: str, said: dict[str, str]
) -> None:
    assert any(
        item.name == name and item.place.path == path and said.items() <= dict(item.detail).items()
        for item in reference
    )


def test_nothing_weak_is_listed_of_the_reference_implementation(reference: tuple[CryptoItem, ...]) -> None:
    assert [item for item in reference if strength(item).startswith("weak")] == []
