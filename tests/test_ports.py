"""The ports of the reference service's key parts are right, and hold what every rule of their language looks at. So are
the deployments beside them, which hold what rules on configuration look at that nothing else tries.

`tests/corpus/ports/<language>/subjects.yaml` says where: rule id -> `file`, `line` and `wrong`, that line after the
smallest edit which its policy must report; `paylint rules validate` makes each (see `test_validate_bundled`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.command import Answer, scan

ROOT = Path(__file__).parents[1]
PORTS = ROOT / "tests" / "corpus" / "ports"
OPTIONAL = ("--policy", "+payment_code_hygiene", "--policy", "+customer_managed_key_missing")
LANGUAGES = ("csharp", "go", "java", "javascript", "kotlin", "page", "php", "prisma", "python", "ruby", "sql")
DEPLOYMENTS = ("aws", "azure", "cloudformation", "google", "platform", "servers")
MODULES = "aws/hosts/main.tf"
"""What is made of a registry's modules, which no scan without a network reads."""


def subjects_of(language: str) -> dict[str, object]:
    parsed: dict[str, object] = yaml.safe_load((PORTS / language / "subjects.yaml").read_text(encoding="utf-8"))
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
    assert sorted(folder.name for folder in PORTS.iterdir()) == sorted((*LANGUAGES, *DEPLOYMENTS))


def test_nothing_is_reported(answer: Answer) -> None:
    """Suppressed findings are findings too."""
    assert [(item["rule"], item["path"], item["start"]["line"]) for item in answer.json["findings"]] == []
    assert answer.json["unknown"] == []
    assert [path for path, _ in answer.errors()] == [MODULES]
    assert "comes from a registry" in answer.errors()[0][1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_the_language_has_a_subject(language: str) -> None:
    assert set(subjects_of(language)) == rules_of(language)
