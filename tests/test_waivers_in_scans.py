"""Waivers where they are used: in scans, with git, in every report, and in the evidence."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.command import git, paylint, scan

SCHEMAS = Path(__file__).parents[1] / "reports" / "schemas"
DAY = datetime.now(timezone.utc).date()
LEAK = 'import logging\n\n\ndef pay(card_number):\n    logging.info("paying %s", card_number)\n'
WORKSHEET = {
    "constraints": "The terminals cannot be updated",
    "definition": "A proxy in a private network",
    "objective": "Nobody reads it",
    "risk": "Of the proxy",
    "validation": "Each quarter",
    "maintenance": "Network team",
}


def entry(**changed: Any) -> dict[str, Any]:
    said = {
        "id": "W-1",
        "type": "compensating_control",
        "policy": "pan_logged",
        "path": "pay/app.py",
        "requirements": ["pci-dss-4.0.1:3.3.3"],
        "justification": "Until the old terminals are gone",
        "owner": "Olga Owner <olga@shop.example>",
        "approver": "Peter Approver <peter@shop.example>",
        "approved_at": str(DAY - timedelta(days=3)),
        "expires": str(DAY + timedelta(days=9)),
        "ticket": "SEC-12",
        "worksheet": WORKSHEET,
    }
    return said | changed


def waive(folder: Path, *entries: dict[str, Any]) -> None:
    (folder / "paylint-waivers.yaml").write_text(yaml.safe_dump({"waivers": list(entries)}, sort_keys=False), "utf-8")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository whose only author is Test <test@example.org>."""
    root = tmp_path / "shop"
    (root / "pay").mkdir(parents=True)
    (root / "pay" / "app.py").write_text(LEAK)
    git(root, "init", "-q")
    git(root, "config", "user.name", "Test")
    git(root, "config", "user.email", "test@example.org")
    return root


def committed(root: Path) -> None:
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "x")


def valid(schema: str, value: object) -> None:
    validator = jsonschema_rs.validator_for(json.loads((SCHEMAS / schema).read_text()), validate_formats=True)
    assert [str(error) for error in validator.iter_errors(value)] == []


def found(answer: Any) -> list[tuple[str, str | None]]:
    pairs = ((one["policy"], one["waived"] and one["waived"]["id"]) for one in answer.json["findings"])
    return sorted(pairs, key=str)


def test_a_waived_finding_fails_nothing_and_is_in_every_report(shop: Path) -> None:
    waive(shop, entry())
    committed(shop)
    answer = paylint("scan", "--format", "json", "-o", "sarif:r.sarif", "-o", "text:r.txt", cwd=shop)
    assert (answer.code, found(answer)) == (0, [("pan_logged", "W-1")])
    valid("paylint-1.schema.json", answer.json)
    sarif = json.loads((shop / "r.sarif").read_text())
    valid("sarif-2.1.0.json", sarif)
    ((suppression,),) = [one["suppressions"] for one in sarif["runs"][0]["results"]]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["location"]["physicalLocation"]["artifactLocation"]["uri"] == "paylint-waivers.yaml"
    text = (shop / "r.txt").read_text()
    assert "findings: none; 1 waived" in text and "no violation found in what was checked (2 files, 1 waived)" in text


def test_nobody_approves_what_they_wrote(shop: Path) -> None:
    own = "Test <TEST@example.org>"
    waive(shop, entry(approver=own))
    assert found(scan(shop)) == [("invalid_waiver", None), ("pan_logged", None)], "not yet committed"
    committed(shop)
    answer = scan(shop)
    assert (answer.code, found(answer)) == (1, [("invalid_waiver", None), ("pan_logged", None)])
    assert "its approver wrote it, as git has it" in answer.out
    (shop / ".mailmap").write_text("Peter Approver <peter@shop.example> <test@example.org>\n")
    waive(shop, entry())
    committed(shop)
    assert found(scan(shop)) == [("invalid_waiver", None), ("pan_logged", None)], "by another address"


def test_the_first_commit_of_a_shallow_clone_is_nobodys_work(shop: Path, tmp_path: Path) -> None:
    waive(shop, entry(approver="Test <test@example.org>"))
    committed(shop)
    (shop / "more.py").write_text("")
    committed(shop)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{shop}", "shallow")
    assert found(scan(tmp_path / "shallow")) == [("pan_logged", "W-1")]
    told = paylint("waivers", "check", cwd=tmp_path / "shallow")
    assert told.code == 0 and "git cannot tell who wrote it" in told.out
    assert ("pan_logged", None) in found(scan(shop))


def test_a_project_without_git_has_waivers_too(tmp_path: Path) -> None:
    (tmp_path / "pay").mkdir()
    (tmp_path / "pay" / "app.py").write_text(LEAK)
    waive(tmp_path, entry())
    assert found(scan(tmp_path)) == [("pan_logged", "W-1")]


def test_a_folder_has_waivers_of_its_own_and_those_above_it(shop: Path) -> None:
    (shop / "pay" / "more").mkdir()
    (shop / "pay" / "more" / "app.py").write_text(LEAK)
    waive(shop, entry())
    waive(shop / "pay", entry(id="W-2", path="more/app.py"))
    committed(shop)
    both = [("pan_logged", "W-1"), ("pan_logged", "W-2")]
    assert found(scan(shop)) == both
    assert found(scan(shop, "pay")) == both
    assert found(scan(shop / "pay")) == both
    assert found(scan(shop / "pay" / "more")) == both[1:]
    waive(shop / "pay", entry(id="W-2", path="app.py"))
    inner = [("invalid_waiver", None), ("pan_logged", "W-2"), ("pan_logged", None)]
    assert found(scan(shop)) == inner, "the inner one comes first, and the outer one waives nothing"


def test_what_is_staged_is_waived_as_what_is_scanned(shop: Path) -> None:
    waive(shop, entry())
    committed(shop)
    (shop / "pay" / "app.py").write_text(LEAK + "\n")
    git(shop, "add", ".")
    assert found(scan(shop, "--staged")) == [("pan_logged", "W-1")]
    waive(shop, entry(expires=str(DAY - timedelta(days=1))))
    answer = scan(shop, "--staged")
    assert (answer.code, found(answer)) == (1, [("invalid_waiver", None), ("pan_logged", None)]), "and why it is not"


@pytest.mark.parametrize("text", ["waivers: [", "waivers: 1", "- a", "waivers: []\nmore: 1"])
def test_a_file_that_cannot_be_used_is_an_error_and_no_clean_scan(shop: Path, text: str) -> None:
    (shop / "paylint-waivers.yaml").write_text(text)
    answer = scan(shop)
    assert answer.code == 2 and answer.err.startswith("paylint: paylint-waivers.yaml")


def test_a_link_is_not_followed(shop: Path, tmp_path: Path) -> None:
    waive(tmp_path, entry())
    (shop / "paylint-waivers.yaml").symlink_to(tmp_path / "paylint-waivers.yaml")
    answer = scan(shop)
    assert answer.code == 2 and "is a link" in answer.err


def test_findings_about_waivers_cannot_be_waived_or_ignored(shop: Path) -> None:
    expired = entry(id="W-2", expires=str(DAY - timedelta(days=1)), path="x.py")
    waive(shop, entry(), expired, entry(id="W-3", policy="invalid_waiver", path="paylint-waivers.yaml"))
    file = shop / "paylint-waivers.yaml"
    file.write_text(file.read_text().replace("- id: W-2", "- id: W-2 # paylint: ignore[invalid_waiver] known"))
    answer = scan(shop)
    assert ("invalid_waiver", None) in found(answer) and answer.code == 1
    assert not any(one["suppressed"] for one in answer.json["findings"])


def test_check_says_what_is_in_force_and_new_begins_one(shop: Path) -> None:
    waive(shop, entry())
    committed(shop)
    told = paylint("waivers", "check", cwd=shop)
    assert told.code == 0
    assert f"W-1  compensating_control  pan_logged  in force until {DAY + timedelta(days=9)} (9 days left)" in told.out
    waive(shop)
    assert paylint("waivers", "check", cwd=shop).out == "no waivers\n"
    drafted = paylint("waivers", "new", "pay/app.py:5", "--type", "customized_approach", cwd=shop)
    assert drafted.code == 0
    (shop / "paylint-waivers.yaml").write_text(f"waivers:\n{drafted.out}")
    answer = scan(shop)
    assert found(answer) == [("invalid_waiver", None), ("pan_logged", None)], "blanks are not accepted"
    assert paylint("waivers", "check", cwd=shop).code == 1
    made = yaml.safe_load(drafted.out)[0]
    filled = entry(type=made["type"], worksheet=dict.fromkeys(made["worksheet"], "said"))
    del filled["path"]
    waive(shop, filled | {"fingerprint": made["fingerprint"], "requirements": made["requirements"]})
    assert found(scan(shop)) == [("pan_logged", "W-1")]
    assert paylint("waivers", "new", "pay/app.py:1", cwd=shop).code == 2


def test_a_waiver_turns_no_requirement_green_and_gives_a_draft_of_its_worksheet(shop: Path, tmp_path: Path) -> None:
    waive(shop, entry(), entry(id="W-2", approver="Test <test@example.org>", path="pay/x.py"))
    committed(shop)
    answer = paylint("evidence", "-o", tmp_path / "b", cwd=shop)
    assert answer.code == 1
    requirements = json.loads((tmp_path / "b" / "requirements.json").read_text())["requirements"]
    states = {one["id"]: one["state"] for one in requirements if one["framework"] == "pci-dss-4.0.1"}
    (waived,) = [one for one in json.loads((tmp_path / "b" / "findings.json").read_text())["findings"] if one["waived"]]
    assert {states[name] for name in waived["controls"]["pci-dss-4.0.1"]} == {"violated"}
    listed = json.loads((tmp_path / "b" / "waivers.json").read_text())
    valid("waivers-1.schema.json", listed)
    first, second = listed["waivers"]
    assert first["in_force"] and first["findings"] == [waived["fingerprint"]]
    assert first["authors"] == ["Test <test@example.org>"] and "pci-dss-4.0.1:3.3.3" in first["requirements"]
    assert not second["in_force"] and "its approver wrote it" in second["problem"]
    rows = list(csv.DictReader((tmp_path / "b" / "waivers.csv").read_text("utf-8").splitlines()))
    assert [(row["id"], row["findings"], row["reviewed by"]) for row in rows] == [("W-1", "1", ""), ("W-2", "0", "")]
    sheet = (tmp_path / "b" / "worksheets.md").read_text()
    for text in ("(Appendix C): W\\-1", *WORKSHEET.values(), "pay/app\\.py\\:5", "Not in force"):
        assert text in sheet
    later = int(datetime.now(timezone.utc).timestamp()) + 30 * 86400
    paylint("evidence", "-o", tmp_path / "later", cwd=shop, env={"SOURCE_DATE_EPOCH": str(later)})
    first = json.loads((tmp_path / "later" / "waivers.json").read_text())["waivers"][0]
    assert not first["in_force"] and "expired" in first["problem"], "on the bundle's own day"
    report = (tmp_path / "b" / "report.html").read_text()
    assert "Waivers, in force or not" in report and "approved by Peter Approver" in report
    assert "waiver W-1 (compensating control)" in (tmp_path / "b" / "findings.csv").read_text()
