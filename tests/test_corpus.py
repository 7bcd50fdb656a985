"""The demo project is scanned as a newcomer scans it, and held to what it says of itself, line by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from scanner.cards import expand_placeholders
from tests.command import Answer, scan

CORPUS = Path(__file__).parent / "corpus"
EXPECTED = yaml.safe_load((CORPUS / "insecure_shop.expected.yaml").read_text(encoding="utf-8"))


def expanded(target: Path) -> Path:
    """A copy of the shop whose card-number placeholders are numbers."""
    shutil.copytree(CORPUS / "insecure_shop", target)
    for file in sorted(path for path in target.rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8")
        if "{{pan:" in text:
            file.write_text(expand_placeholders(text, file.relative_to(target).as_posix()), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    expanded(folder / "shop")
    return folder


@pytest.fixture(scope="module")
def answer(folder: Path) -> Answer:
    return scan(folder / "shop", env={"PAYLINT_CACHE_DIR": str(folder / "cache")})


def test_it_finds_exactly_what_it_should(answer: Answer) -> None:
    def key(item: dict[str, object]) -> tuple[object, ...]:
        return item["path"], item["line"], item["policy"], item.get("severity", ""), bool(item.get("suppressed"))

    expected = {key(item) for item in EXPECTED["findings"]}
    lines = {key(item)[:3]: key(item)[3] for item in EXPECTED["findings"]}
    found: set[tuple[object, ...]] = set()
    for item in answer.json["findings"]:
        where = (item["path"], item["start"]["line"], item["policy"])
        severity = item["severity"] if lines.get(where) or item["severity"] == "info" else ""
        found.add((*where, severity, item["suppressed"] is not None))
    assert sorted(expected - found) == [], "expected, not found"
    assert sorted(found - expected) == [], "found, not expected"
    assert answer.code == 1


def test_known_gaps_are_still_gaps(answer: Answer) -> None:
    """What is found one day belongs among what is expected."""
    found = {(item["path"], item["start"]["line"], item["policy"]) for item in answer.json["findings"]}
    assert [item for item in EXPECTED["missed"] if (item["path"], item["line"], item["policy"]) in found] == []


def test_near_misses_stay_silent(answer: Answer) -> None:
    found = {(item["path"], item["start"]["line"], item["policy"]) for item in answer.json["findings"]}
    loud = [item for item in EXPECTED["silent"] if (item["path"], item["line"], item["policy"]) in found]
    assert loud == []
    assert len(EXPECTED["silent"]) >= len(EXPECTED["findings"])


def test_what_only_apply_knows_is_unknown(answer: Answer) -> None:
    unknown = {(item["rule"].split(".")[0], item["subject"]) for item in answer.json["unknown"]}
    for item in EXPECTED["unknown"]:
        address = item["note"].split(":")[0]
        assert any(policy == item["rule"] and subject.endswith(address) for policy, subject in unknown), item
    assert answer.json["checks"]["unknown"] == len(EXPECTED["unknown"])
    assert answer.json["checks"]["error"] == 0


def test_every_file_is_accounted_for(answer: Answer) -> None:
    files = {
        path.relative_to(CORPUS / "insecure_shop").as_posix()
        for path in (CORPUS / "insecure_shop").rglob("*")
        if path.is_file()
    }
    coverage = answer.json["coverage"]
    listed = {item["path"] for item in [*coverage["analysed"], *coverage["skipped"]]}
    assert listed == files
    assert answer.json["errors"] == []


def test_optional_policies_are_reported_where_they_are_asked_for(answer: Answer, folder: Path) -> None:
    optional = {item["policy"] for item in EXPECTED["optional"]}
    assert not optional & {item["policy"] for item in answer.json["findings"]}
    arguments = [argument for policy in sorted(optional) for argument in ("--policy", f"+{policy}")]
    asked = scan(folder / "shop", *arguments, env={"PAYLINT_CACHE_DIR": str(folder / "cache")})
    found = sorted(
        (item["path"], item["start"]["line"], item["policy"])
        for item in asked.json["findings"]
        if item["policy"] in optional
    )
    assert found == sorted((item["path"], item["line"], item["policy"]) for item in EXPECTED["optional"])
    assert len(asked.json["findings"]) == len(answer.json["findings"]) + len(found)


def test_each_input_is_shown(answer: Answer) -> None:
    """One file at least that each of these reads, and that something is found in."""
    inputs = {item["rule"].split(".")[1].split("_")[0] for item in answer.json["findings"] if "." in item["rule"]}
    assert inputs >= {
        *("terraform", "kubernetes", "cloudformation", "dockerfile", "compose", "github", "nginx", "sql"),
        *("app", "postgresql", "redis", "python", "javascript", "java", "go"),
    }
