"""The ports of the reference service are right, and hold what every rule of their language looks at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import Answer, scan

ROOT = Path(__file__).parents[1]
PORTS = ROOT / "tests" / "corpus" / "ports"
SUBJECTS = {
    file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(PORTS.glob("*/subjects.yaml"))
}
LANGUAGES = ("csharp", "go", "java", "javascript", "kotlin", "page", "php", "prisma", "python", "ruby", "sql")
# Python's own service is `reference_impl`: the port holds only idioms that it lacks.
WHOLE = [language for language in LANGUAGES if language != "python"]


def rules_of(language: str) -> set[str]:
    """Ids of the Semgrep rules in `rules/semgrep/<policy>/<language>.yaml`."""
    files = (ROOT / "rules" / "semgrep").glob(f"*/{language}.yaml")
    parsed = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files if file.parent.name != "lib"]
    return {rule["id"] for document in parsed for rule in document["rules"]}


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    cache = tmp_path_factory.mktemp("cache")
    return scan(PORTS, "--fail-on", "info", "--strict", env={"PAYLINT_CACHE_DIR": str(cache)})


def test_there_is_a_port_for_every_language() -> None:
    assert sorted(SUBJECTS) == list(LANGUAGES)


def test_nothing_is_reported(answer: Answer) -> None:
    assert answer.found() == []
    assert (answer.code, answer.errors()) == (0, [])


def test_nothing_is_suppressed(answer: Answer) -> None:
    assert answer.json["findings"] == []
    assert [str(file) for file in PORTS.rglob("*") if file.is_file() and b"paylint: ignore" in file.read_bytes()] == []


@pytest.mark.parametrize("language", WHOLE)
def test_every_rule_of_the_language_has_its_subject(language: str) -> None:
    assert set(SUBJECTS[language]) == rules_of(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_stands_where_it_is_said_to_once(language: str) -> None:
    def why(subject: dict[str, Any]) -> str:
        if set(subject) == {"no_place"}:
            return "" if subject["no_place"] else "no reason"
        lines = [line.strip() for line in (PORTS / language / subject["file"]).read_text(encoding="utf-8").splitlines()]
        if lines.count(subject["line"]) != 1:
            return f"{lines.count(subject['line'])} times in {subject['file']}"
        return "" if subject["wrong"] != subject["line"] else "no edit"

    wrong = {rule: why(subject) for rule, subject in SUBJECTS[language].items()}
    assert {rule: reason for rule, reason in wrong.items() if reason} == {}
