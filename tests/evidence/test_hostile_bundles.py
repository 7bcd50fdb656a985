"""Bundles that somebody changed, or made up: each is refused, named, and neither followed nor waited for."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from scanner.evidence.signing import dsse, manifest
from scanner.evidence.signing.keys import LocalKey, trusted
from scanner.evidence.signing.verify import Verdict, verify
from tests.command import paylint
from tests.evidence.signed import FILES, bundle, public

KEY = Ed25519PrivateKey.generate()


def checked(folder: Path, key: Ed25519PrivateKey | None = KEY, **more: Any) -> Verdict:
    keys = [trusted(public(key, folder.parent / "trusted.pem"))] if key else []
    return verify(folder, keys, **more)


def edited(file: Path, change: Callable[[Any], Any]) -> None:
    file.write_text(json.dumps(change(json.loads(file.read_text()))))


def statement_of(folder: Path) -> Any:
    return json.loads(base64.b64decode(json.loads((folder / dsse.NAME).read_text())["payload"]))


def signed_anew(folder: Path, statement: Any, key: Ed25519PrivateKey = KEY) -> None:
    (folder / dsse.NAME).write_bytes(dsse.sealed(json.dumps(statement).encode(), LocalKey(key)))


def test_an_unchanged_bundle_is_signed_by_the_trusted_key(tmp_path: Path) -> None:
    verdict = checked(bundle(tmp_path / "b", KEY))
    assert verdict.problems == ()
    assert (verdict.signed_by, verdict.files) == (LocalKey(KEY).key_id, len(FILES))


def test_without_a_trusted_key_it_is_unsigned(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", KEY)
    assert checked(folder, None).signed_by == ""
    assert checked(folder, None).problems == ()
    assert checked(folder, None, require_signature=True).problems == (
        "it is unsigned: no trusted key (--key) signed it",
    )


def test_a_key_of_somebody_else(tmp_path: Path) -> None:
    verdict = checked(bundle(tmp_path / "b", KEY), Ed25519PrivateKey.generate())
    assert [problem.split(":")[0] for problem in verdict.problems] == [dsse.NAME]
    assert verdict.signed_by == ""


def test_a_signature_that_was_taken_away(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", KEY)
    (folder / dsse.NAME).unlink()
    assert checked(folder).problems == (f"{dsse.NAME}: is missing: a key was given, and nothing is signed",)


@pytest.mark.parametrize("content", [b"a Report\n", b"a report", b""], ids=["changed", "truncated", "empty"])
def test_a_changed_file_is_named(tmp_path: Path, content: bytes) -> None:
    folder = bundle(tmp_path / "b", KEY)
    (folder / "report.md").write_bytes(content)
    problems = checked(folder).problems
    assert problems[0].startswith("report.md: was changed")
    assert {problem.split(":")[0] for problem in problems} == {"report.md"}


def test_missing_and_added_files_are_named_in_order(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (folder / "report.md").unlink()
    for name in ("zeta.txt", "alpha.txt", "mid.txt"):
        (folder / name).write_text("new")
    assert [problem.split(" (")[0] for problem in checked(folder, None).problems] == [
        "report.md: is missing",
        "alpha.txt: was added",
        "mid.txt: was added",
        "zeta.txt: was added",
    ]


def test_a_replaced_manifest_with_an_old_valid_signature(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", KEY)
    other = bundle(tmp_path / "other", None, {**FILES, "report.md": b"all is well\n"})
    for name in ("report.md", manifest.NAME):
        (folder / name).write_bytes((other / name).read_bytes())
    assert checked(folder).problems == (
        f"{manifest.NAME}: is not what was signed",
        "report.md: is not what was signed",
    )


def test_a_signature_of_another_bundle(tmp_path: Path) -> None:
    folder, other = bundle(tmp_path / "b", KEY), bundle(tmp_path / "other", KEY, {"report.md": b"all is well\n"})
    (folder / dsse.NAME).write_bytes((other / dsse.NAME).read_bytes())
    assert "findings.csv: is not what was signed" in checked(folder).problems


@pytest.mark.parametrize("kind", ["link", "dangling", "folder", "pipe"])
@pytest.mark.parametrize("name", ["report.md", manifest.NAME, dsse.NAME, "extra"])
def test_what_is_no_plain_file_is_neither_followed_nor_waited_for(tmp_path: Path, name: str, kind: str) -> None:
    folder = bundle(tmp_path / "b", KEY)
    file = folder / name
    content = file.read_bytes() if file.exists() else b"x"
    file.unlink(missing_ok=True)
    if kind == "link":
        (tmp_path / "outside").write_bytes(content)
        file.symlink_to(tmp_path / "outside")
    elif kind == "dangling":
        file.symlink_to(tmp_path / "nowhere")
    elif kind == "folder":
        file.mkdir()
    else:
        os.mkfifo(file)
    assert f"{name}: is no plain file" in checked(folder).problems


def test_a_bundle_behind_a_link_is_refused(tmp_path: Path) -> None:
    bundle(tmp_path / "b")
    (tmp_path / "link").symlink_to("b")
    assert paylint("verify", "link", cwd=tmp_path).code == 2


@pytest.mark.parametrize("name", ["../report.md", "/etc/hostname", "a/../report.md", ".", "", "a\0b", 7, None, ["x"]])
def test_a_manifest_names_files_of_the_bundle_only(tmp_path: Path, name: Any) -> None:
    folder = bundle(tmp_path / "b")
    edited(folder / manifest.NAME, lambda value: {**value, "files": [{**value["files"][0], "name": name}]})
    assert checked(folder, None).problems[0].startswith(f"{manifest.NAME}: lists something that is no file")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe{}",
        b"[]",
        b"7",
        b"{",
        b'{"schema": "paylint-manifest/1", "files": 7}',
        b'{"schema": "paylint-manifest/1", "files": [7]}',
        b'{"schema": "paylint-manifest/2", "files": []}',
        b'{"schema": "paylint-manifest/1", "schema": "paylint-manifest/1", "files": []}',
        b"[" * 100_000,
        b'{"schema": ' + b"9" * 5_000 + b"}",
    ],
    ids=range(11),
)
def test_a_manifest_that_is_none(tmp_path: Path, content: bytes) -> None:
    folder = bundle(tmp_path / "b")
    (folder / manifest.NAME).write_bytes(content)
    answer = paylint("verify", "b", cwd=tmp_path)
    assert answer.code == 1
    assert f"b: {manifest.NAME}: " in answer.out


def test_a_file_listed_twice(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    edited(folder / manifest.NAME, lambda value: {**value, "files": [*value["files"], value["files"][0]]})
    assert checked(folder, None).problems == (
        f"{manifest.NAME}: lists something that is no file of a bundle, or one twice",
    )


@pytest.mark.parametrize("name", ["report.md", "extra", manifest.NAME, dsse.NAME])
def test_a_file_of_terabytes_is_not_read(tmp_path: Path, name: str) -> None:
    folder = bundle(tmp_path / "b", KEY)
    with (folder / name).open("ab") as stream:
        stream.truncate(2**42)
    assert any(problem.startswith(f"{name}: ") for problem in checked(folder).problems)


@pytest.mark.parametrize(
    "change",
    [
        lambda value: {**value, "signatures": []},
        lambda value: {**value, "signatures": value["signatures"] * 17},
        lambda value: {**value, "signatures": [{"keyid": 7, "sig": "AA=="}]},
        lambda value: {**value, "signatures": [{"keyid": "x", "sig": "not base64!"}]},
        lambda value: {**value, "signatures": [{**value["signatures"][0], "sig": "AAAA"}]},
        lambda value: {**value, "signatures": [{**value["signatures"][0], "sig": ""}]},
        lambda value: {**value, "payloadType": "application/json"},
        lambda value: {**value, "payload": value["payload"][:-8]},
        lambda value: {**value, "payload": 7},
        lambda value: [],
    ],
    ids=range(10),
)
def test_an_envelope_that_is_none(tmp_path: Path, change: Callable[[Any], Any]) -> None:
    folder = bundle(tmp_path / "b", KEY)
    edited(folder / dsse.NAME, change)
    verdict = checked(folder)
    assert verdict.problems
    assert {problem.split(":")[0] for problem in verdict.problems} == {dsse.NAME}
    assert verdict.signed_by == ""


def test_a_claimed_key_id_decides_nothing(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", Ed25519PrivateKey.generate())
    claimed = LocalKey(KEY).key_id
    edited(folder / dsse.NAME, lambda v: {**v, "signatures": [{**v["signatures"][0], "keyid": claimed}]})
    assert checked(folder).signed_by == ""
    assert checked(folder).problems


def test_one_of_several_signatures_is_enough_if_it_is_trusted(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", KEY)
    theirs = bundle(tmp_path / "theirs", Ed25519PrivateKey.generate())
    more = json.loads((theirs / dsse.NAME).read_text())["signatures"]
    edited(folder / dsse.NAME, lambda value: {**value, "signatures": [*more, *value["signatures"]]})
    assert checked(folder).problems == ()
    assert checked(folder).signed_by == LocalKey(KEY).key_id


@pytest.mark.parametrize(
    "change",
    [
        lambda value: {**value, "_type": "https://in-toto.io/Statement/v0.1"},
        lambda value: {**value, "predicateType": "https://slsa.dev/provenance/v1"},
        lambda value: {**value, "subject": [*value["subject"], value["subject"][0]]},
        lambda value: {**value, "subject": [{"name": 7, "digest": {"sha256": "0" * 64}}]},
        lambda value: {**value, "subject": [{"name": ["x"], "digest": {}}]},
        lambda value: {**value, "subject": [{**one, "digest": {"md5": "0" * 32}} for one in value["subject"]]},
        lambda value: {**value, "subject": []},
        lambda value: {**value, "subject": 7},
        lambda value: 7,
    ],
    ids=range(9),
)
def test_a_signed_statement_that_is_not_about_the_bundle(tmp_path: Path, change: Callable[[Any], Any]) -> None:
    folder = bundle(tmp_path / "b", KEY)
    signed_anew(folder, change(statement_of(folder)))
    assert checked(folder).problems


def test_a_trusted_key_must_be_a_public_ed25519_key(tmp_path: Path) -> None:
    bundle(tmp_path / "b", KEY)
    curve = generate_private_key(SECP256R1()).public_key()
    (tmp_path / "ec.pem").write_bytes(curve.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (tmp_path / "none.pem").write_text("no key")
    for name in ("ec.pem", "none.pem", "missing.pem"):
        answer = paylint("verify", "b", "--key", name, cwd=tmp_path)
        assert answer.code == 2, answer
        assert name in answer.err


def test_the_command_names_what_changed(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", KEY)
    public(KEY, tmp_path / "key.pem")
    assert paylint("verify", "b", "--key", "key.pem", "--require-signature", cwd=tmp_path).code == 0
    (folder / "report.md").write_text("another\n")
    answer = paylint("verify", "b", "--key", "key.pem", cwd=tmp_path)
    assert answer.code == 1
    assert "report.md: was changed" in answer.out
