"""`paylint evidence`: which files it writes, what they say, and when it writes none."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scanner.bundled import bundled
from scanner.evidence.bundle import ARTEFACTS
from scanner.evidence.signing import manifest
from tests.command import Answer, paylint

AT = {"SOURCE_DATE_EPOCH": "1790000000"}
LOGS = "import logging\n\ndef pay(card_number):\n    logging.info(card_number)\n"
BUCKET = 'resource "aws_s3_bucket" "cards" {\n  bucket = "cards"\n}\n'
SETTINGS = """
evidence:
  entity: Example Shop Ltd
  assessment: Yearly
  merchant_level: 2
  saq: A-EP
  owners:
    - {name: A. Person, role: Head of payments, paths: ["pay/**"]}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small project with a violation in code."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "pay.py").write_text(LOGS)
    (folder / "main.tf").write_text(BUCKET)
    (folder / "paylint.yaml").write_text(SETTINGS)
    return folder


def made(shop: Path, out: Path, *more: str | Path) -> Answer:
    return paylint("evidence", "-o", out, *more, cwd=shop, env=AT)


def content(out: Path, name: str) -> Any:
    return json.loads((out / name).read_text("utf-8"))


def rows(out: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / name).read_bytes().decode())))


def test_every_file_is_there_and_says_what_was_found(shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    answer = made(shop, out)
    assert answer.code == 1, answer
    assert {file.name for file in out.iterdir()} == {*ARTEFACTS, manifest.NAME}
    assert [row["policy"] for row in rows(out, "findings.csv") if row["path"] == "pay.py"] == ["pan_logged"]
    states = {(row["framework"], row["requirement"]): row for row in rows(out, "requirements.csv")}
    logged = states["pci-dss-4.0.1", "3.5.1"]
    assert (logged["state"], logged["findings"], logged["files examined"]) == ("violated", "1", "3")
    assert states["pci-dss-4.0.1", "3.3.1"]["state"] == "no violation found"
    assert states["pci-dss-4.0.1", "12.8.2"]["state"] == "not checked"
    told = content(out, "requirements.json")["profile"]
    assert told["entity"] == "Example Shop Ltd" and told["merchant_level"] == 2 and told["cde"] == {"pci-scope": "true"}
    assert "Example Shop Ltd" in (out / "report.md").read_text("utf-8")
    assert {row["path"] for row in rows(out, "coverage.csv")} >= {"pay.py", "main.tf"}
    texts = [file.read_text("utf-8").lower() for file in out.iterdir()]
    assert not any("compliant" in text for text in texts)


@pytest.mark.parametrize("name", ["manifest", "requirements", "coverage"])
def test_the_schemas_describe_them(shop: Path, tmp_path: Path, name: str) -> None:
    from jsonschema import Draft202012Validator

    out = tmp_path / "bundle"
    made(shop, out)
    schema = json.loads((bundled("reports") / "schemas" / f"{name}-1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(content(out, f"{name}.json"))


def test_the_same_input_gives_the_same_bytes(shop: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    made(shop, one)
    made(shop, other)
    assert {file.name: file.read_bytes() for file in one.iterdir()} == {
        file.name: file.read_bytes() for file in other.iterdir()
    }


def test_an_earlier_bundle_is_replaced_and_nothing_else_is(shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    made(shop, out)
    (shop / "pay.py").write_text("x = 1\n")
    made(shop, out)
    assert [row for row in rows(out, "findings.csv") if row["path"] == "pay.py"] == []
    assert sorted(tmp_path.iterdir()) == [out, shop]
    (out / manifest.NAME).unlink()
    before = sorted(out.iterdir())
    answer = made(shop, out)
    assert answer.code == 2 and "no bundle of paylint" in answer.err
    assert sorted(out.iterdir()) == before


def test_an_incomplete_scan_says_so_everywhere(shop: Path, tmp_path: Path) -> None:
    (shop / "broken.tf").write_text('resource "aws_s3_bucket" {{{\n')
    out = tmp_path / "bundle"
    answer = made(shop, out)
    assert answer.code == 3 and answer.out.startswith("INCOMPLETE")
    for name in ("manifest.json", "requirements.json", "coverage.json"):
        assert content(out, name)["complete"] is False, name
    assert "INCOMPLETE" in (out / "report.md").read_text("utf-8")
    for row in rows(out, "requirements.csv"):
        assert row["state"] != "no violation found" or "The scan is incomplete" in row["limits"], row
    assert rows(out, "coverage.csv")[0]["path"] == "broken.tf"


def test_the_commit_is_named_and_that_it_is_not_all(shop: Path, tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(shop)]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *words], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    out = tmp_path / "bundle"
    made(shop, out)
    assert content(out, "manifest.json")["revision"] | {"committed": ""} == {
        "commit": commit,
        "branch": "main",
        "committed": "",
        "dirty": False,
    }
    (shop / "more.py").write_text("x = 1\n")
    made(shop, out)
    assert content(out, "manifest.json")["revision"]["dirty"] is True
    assert "uncommitted" in (out / "report.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("evidence: {entty: x}", "unknown setting 'entty'"),
        ("evidence: {merchant_level: 5}", "merchant level, 1 to 4"),
        ("evidence: {merchant_level: true}", "merchant level, 1 to 4"),
        ("evidence: {saq: Z}", "expected one of A,"),
        ("evidence: {entity: ''}", "expected text"),
        ("evidence: {owners: [{name: x}]}", "every owner needs"),
        ("evidence: {owners: [{name: x, role: y, paths: []}]}", "list of globs"),
        ("evidence: [1]", "expected a mapping"),
    ],
)
def test_wrong_settings_are_said_before_anything_is_scanned(shop: Path, tmp_path: Path, said: str, why: str) -> None:
    (shop / "paylint.yaml").write_text(said)
    answer = made(shop, tmp_path / "bundle")
    assert answer.code == 2 and why in answer.err
    assert not (tmp_path / "bundle").exists()


def test_a_place_that_is_none_is_refused(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(shop)
    for name in ("file", "link", "shop"):
        answer = made(shop, tmp_path / name)
        assert answer.code == 2 and name in answer.err
    answer = paylint("evidence", "-o", tmp_path / "out", cwd=shop, env={"SOURCE_DATE_EPOCH": "soon"})
    assert answer.code == 2 and "SOURCE_DATE_EPOCH" in answer.err
    assert paylint("evidence", cwd=shop).code == 2


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    from scanner.evidence.artefacts.csv_table import table

    hostile = ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", " =1", "a\x1b[2J", 'say "x", y']
    (row,) = list(csv.reader(io.StringIO(table(("x",) * 9, [hostile]).decode())))[1:]
    assert all(not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert row[7:] == ["a\\x1b[2J", 'say "x", y']
