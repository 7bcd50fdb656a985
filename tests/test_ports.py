"""The ports of the reference service's key parts are right, and hold what every rule of their language looks at.

`tests/corpus/ports/<language>/subjects.yaml` says where: rule id -> `file`, `line` (which that file has once, spaces at
its ends aside), `wrong` (that line after the smallest edit which its policy must report; further lines are as far in as
the first), `beside` (a line that such an edit brings along at the head of the file) and `also` (policies that report
such an edit by right as well).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.command import Answer, scan

ROOT = Path(__file__).parents[1]
PORTS = ROOT / "tests" / "corpus" / "ports"
OPTIONAL = ("--policy", "+payment_code_hygiene", "--policy", "+customer_managed_key_missing")
LANGUAGES = ("csharp", "go", "java", "javascript", "kotlin", "page", "php", "prisma", "python", "ruby", "sql")


def subjects_of(language: str) -> dict[str, dict[str, str]]:
    parsed: dict[str, dict[str, str]] = yaml.safe_load((PORTS / language / "subjects.yaml").read_text(encoding="utf-8"))
    return parsed


def rules_of(language: str) -> set[str]:
    """Ids of the Semgrep rules in `rules/semgrep/<policy>/<language>.yaml`."""
    files = [file for file in (ROOT / "rules" / "semgrep").glob(f"*/{language}.yaml") if file.parent.name != "lib"]
    return {rule["id"] for file in files for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]}


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """One scan of all ports with every policy, in a folder that no rule takes for one of tests."""
    folder = tmp_path_factory.mktemp("services")
    shutil.copytree(PORTS, folder / "ports")
    return scan(folder / "ports", "--strict", *OPTIONAL, env={"PAYLINT_CACHE_DIR": str(folder / "cache")})


def test_there_is_a_port_for_every_language() -> None:
    assert sorted(folder.name for folder in PORTS.iterdir()) == list(LANGUAGES)


def test_nothing_is_reported(answer: Answer) -> None:
    """Suppressed findings are findings too."""
    assert [(item["rule"], item["path"], item["start"]["line"]) for item in answer.json["findings"]] == []
    assert answer.json["unknown"] == []
    assert (answer.code, answer.errors()) == (0, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_the_language_has_a_subject(language: str) -> None:
    assert set(subjects_of(language)) == rules_of(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_stands_where_it_is_said_to_and_once(language: str) -> None:
    def fault(subject: dict[str, str]) -> str:
        lines = [line.strip() for line in (PORTS / language / subject["file"]).read_text(encoding="utf-8").splitlines()]
        if (times := lines.count(subject["line"])) != 1:
            return f"{subject['file']} has the line {times} times"
        return "" if subject["wrong"] != subject["line"] else "the edit changes nothing"

    faults = {rule: fault(subject) for rule, subject in subjects_of(language).items()}
    assert {rule: text for rule, text in faults.items() if text} == {}


def edited(text: str, subject: dict[str, str]) -> str:
    """The file with the edit in it."""
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip() == subject["line"])
    indentation = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines[at : at + 1] = [indentation + line for line in subject["wrong"].split("\n")]
    if "beside" in subject:
        head = re.compile(r"package |<\?php|import |using |require ")
        lines.insert(next(number for number, line in enumerate(lines) if head.match(line)) + 1, subject["beside"])
    return "\n".join(lines) + "\n"


def test_every_edit_is_reported_by_its_policy(tmp_path: Path) -> None:
    """One scan of each edited file, in a folder of its own."""
    subjects = {rule: (language, subject) for language in LANGUAGES for rule, subject in subjects_of(language).items()}
    for rule, (language, subject) in subjects.items():
        target = tmp_path / "edits" / rule / Path(subject["file"]).name
        target.parent.mkdir(parents=True)
        text = (PORTS / language / subject["file"]).read_text(encoding="utf-8")
        target.write_text(edited(text, subject), encoding="utf-8")
    answer = scan(tmp_path / "edits", *OPTIONAL, env={"PAYLINT_CACHE_DIR": str(tmp_path / "cache")})
    found = {(item["path"].split("/")[0], item["policy"]) for item in answer.json["findings"]}
    assert [rule for rule in subjects if (rule, rule.split(".")[0]) not in found] == []
    by_rule = {(item["path"].split("/")[0], item["rule"]) for item in answer.json["findings"]}
    assert [rule for rule in subjects if ".python." in rule and (rule, rule) not in by_rule] == []
