"""`paylint evidence diff`: what moved, what made it move, and whether it got worse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner.errors import UsageError
from scanner.evidence.diff import Cause, Difference, difference
from scanner.evidence.diff_render import as_json, as_markdown, as_text
from scanner.evidence.kept import kept
from scanner.evidence.model import State
from scanner.evidence.signing import manifest
from scanner.model import Analysed, Confidence, Severity, Skipped, Suppression, Tool
from tests.command import paylint
from tests.evidence.described import RULE, evidence, finding
from tests.evidence.written import commit, written

NEWER = {"tool": Tool("paylint", "0.2.0", f"sha256:{'1' * 64}")}


def compared(old: Path, new: Path) -> Difference:
    return difference(kept(old), kept(new))


def test_nothing_moves_between_equal_bundles(tmp_path: Path) -> None:
    made = compared(written(tmp_path / "old", finding()), written(tmp_path / "new", finding(), day=1))
    assert made.worse == ()
    assert not (made.requirements or made.found or made.gone or made.changed or made.lost or made.tables)
    assert as_text(made).endswith("Nothing got worse.\n")


def test_a_new_finding_moves_its_requirement_and_is_worse(tmp_path: Path) -> None:
    made = compared(written(tmp_path / "old"), written(tmp_path / "new", finding(), of="b"))
    assert [(one.requirement, one.before, one.after) for one in made.requirements] == [
        ("pci-dss-4.0.1:3.5.1", State.NOTHING_FOUND.value, State.VIOLATED.value)
    ]
    assert [(one.finding["fingerprint"], one.cause) for one in made.found] == [("abcdefgh", Cause.SCANNED)]
    assert len(made.worse) == 2
    assert "pay/main.py:7" in as_text(made)


def test_a_finding_that_is_gone_is_no_worse(tmp_path: Path) -> None:
    made = compared(written(tmp_path / "old", finding()), written(tmp_path / "new", of="b"))
    assert [one.cause for one in made.gone] == [Cause.SCANNED]
    assert made.worse == ()


@pytest.mark.parametrize("mild", [{"severity": Severity.INFO}, {"confidence": Confidence.LOW}], ids=["info", "unsure"])
def test_what_never_gates_is_listed_and_no_worse(tmp_path: Path, mild: dict[str, object]) -> None:
    requirements = evidence(finding()).requirements
    old = written(tmp_path / "old", requirements=requirements)
    made = compared(old, written(tmp_path / "new", finding(**mild), of="b", requirements=requirements))
    assert len(made.found) == 1
    assert made.worse == ()


def test_newer_rules_are_told_apart_from_newer_code(tmp_path: Path) -> None:
    old = written(tmp_path / "old")
    assert compared(old, written(tmp_path / "a", finding(), result=NEWER)).found[0].cause is Cause.RULES
    assert compared(old, written(tmp_path / "b", finding(), of="b", result=NEWER)).found[0].cause is Cause.EITHER
    dirty = written(tmp_path / "c", finding(), revision=commit("a", dirty=True), result=NEWER)
    assert compared(old, dirty).found[0].cause is Cause.EITHER
    none = written(tmp_path / "d", finding(), revision=None, result=NEWER)
    assert compared(old, none).found[0].cause is Cause.EITHER


def test_a_rule_the_old_bundle_did_not_have(tmp_path: Path) -> None:
    other = {**NEWER, "rules": {RULE.id: RULE, "pan_logged.go": RULE._replace(id="pan_logged.go")}}
    new = written(tmp_path / "new", finding(rule="pan_logged.go"), of="b", result=other)
    assert compared(written(tmp_path / "old"), new).found[0].cause is Cause.RULES


def test_a_finding_in_a_file_that_was_not_analysed_before(tmp_path: Path) -> None:
    blind = {"analysed": (), "skipped": (Skipped("pay/main.py", "excluded"),)}
    made = compared(written(tmp_path / "old", result=blind), written(tmp_path / "new", finding()))
    assert made.found[0].cause is Cause.COVERAGE
    assert [one.path for one in made.gained] == ["pay/main.py"]


@pytest.mark.parametrize(
    "after",
    [
        {"analysed": (), "skipped": (Skipped("pay/main.py", "excluded"),)},
        {"analysed": (Analysed("pay/main.py", ("semgrep",), "line 3"),)},
        {"analysed": (Analysed("pay/main.py", ("pan",)),)},
        {"analysed": ()},
    ],
    ids=["left out", "in part", "by less", "not scanned"],
)
def test_lost_coverage_is_worse(tmp_path: Path, after: dict[str, object]) -> None:
    made = compared(written(tmp_path / "old"), written(tmp_path / "new", result=after))
    assert [one.path for one in made.lost] == ["pay/main.py"]
    assert made.worse == ("1 files of which less was analysed",)


def test_a_file_of_another_commit_may_be_gone_for_good(tmp_path: Path) -> None:
    made = compared(written(tmp_path / "old"), written(tmp_path / "new", of="b", result={"analysed": ()}))
    assert (made.lost, made.left) == ((), ("pay/main.py",))
    assert "pay/main.py" in as_text(made)


def test_an_incomplete_scan_is_worse(tmp_path: Path) -> None:
    made = compared(written(tmp_path / "old"), written(tmp_path / "new", result={"exit_code": 3}))
    assert made.worse == ("1 scan that is incomplete now",)
    assert "INCOMPLETE" in as_text(made)


def test_a_finding_that_changed(tmp_path: Path) -> None:
    old = written(tmp_path / "old", finding(severity=Severity.MEDIUM))
    made = compared(old, written(tmp_path / "new", finding(suppressed=Suppression("a reason", "pay/main.py", 7))))
    assert {name for name, _, _ in made.changed[0].fields} == {"severity", "suppressed"}
    assert made.worse == ("1 findings that are more severe",)
    assert "a reason" in as_text(made)


def test_rows_of_inventories(tmp_path: Path) -> None:
    folders = {}
    for name, rows in {"old": b"name\r\nTLS\r\nAES\r\n", "new": b"name\r\nTLS\r\nTLS\r\nRSA\r\n"}.items():
        folders[name] = written(tmp_path / name)
        (folders[name] / "cryptography.csv").write_bytes(rows)
        _listed_anew(folders[name])
    table = compared(folders["old"], folders["new"]).tables[0]
    assert (table.name, table.added, table.removed) == ("cryptography.csv", (("RSA",), ("TLS",)), (("AES",),))
    (without := written(tmp_path / "without") / "cryptography.csv").unlink()
    _listed_anew(without.parent)
    made = compared(folders["old"], without.parent)
    assert made.worse == ("1 tables that are no longer there",)


def _listed_anew(folder: Path) -> None:
    about = json.loads((folder / manifest.NAME).read_bytes())
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.name != manifest.NAME}
    (folder / manifest.NAME).write_bytes(
        manifest.text(files, {name: value for name, value in about.items() if name not in ("schema", "files")})
    )


def test_a_bundle_that_was_changed_is_refused(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old"), written(tmp_path / "new")
    (new / "findings.json").write_text("{}")
    with pytest.raises(UsageError, match=r"findings\.json: was changed"):
        compared(old, new)


def test_a_bundle_of_another_shape_is_refused(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old"), written(tmp_path / "new")
    for content in (b"{}", b"[]", b'{"findings": [7]}', b"{"):
        (new / "findings.json").write_bytes(content)
        _listed_anew(new)
        with pytest.raises(UsageError, match=r"findings\.json"):
            compared(old, new)


def test_what_a_bundle_says_is_masked_again(tmp_path: Path) -> None:
    card = "4111111111111111"
    new = written(tmp_path / "new", finding(message=f"card {card}"), of="b")
    made = compared(written(tmp_path / "old"), new)
    assert all(card not in shown for shown in (as_text(made), as_markdown(made), as_json(made)))


def test_markdown_is_no_markup_of_the_scanned(tmp_path: Path) -> None:
    place = finding().place._replace(path="a_<img src=x>`|.py")
    made = compared(written(tmp_path / "old"), written(tmp_path / "new", finding(place=place), of="b"))
    assert "<img" not in as_markdown(made).replace("\\<img", "")
    assert "\x1b" not in as_text(made)


def test_the_command(tmp_path: Path) -> None:
    written(tmp_path / "old"), written(tmp_path / "new", finding(), of="b")
    answer = paylint("evidence", "diff", "old", "new", "--format", "json", cwd=tmp_path)
    assert answer.code == 1
    assert answer.json["findings"]["new"][0]["cause"] == "what was scanned"
    assert answer.json["same_rules"] is True
    assert paylint("evidence", "diff", "new", "old", cwd=tmp_path).code == 0
    assert paylint("evidence", "diff", "old", "missing", cwd=tmp_path).code == 2
