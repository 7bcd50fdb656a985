"""The programs that are compared: how each is installed, called, and what its answer says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trees import BENCH

from scanner import catalog
from scanner.vocabulary import Vocabulary

PINNED = {"checkov": "3.3.30", "bandit": "1.9.4"}
CACHE = BENCH / "cache"
RULES = BENCH / "rules.json"

_OWN = Path(sys.executable).parent
_FOREIGN = BENCH / "tools"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool said: files it looked at and violations it found, -1 where it does not say; what to know about it."""

    files: int
    findings: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """`fine`: exit codes of a scan that went well. `answer` reads its output and raises ValueError or KeyError."""

    name: str
    command: tuple[str, ...]
    fine: frozenset[int]
    answer: Callable[[bytes], Answer]


def environment() -> dict[str, str]:
    """What every tool gets: homes and caches of its own, so that nobody's are used or changed."""
    home = BENCH / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.pathsep.join([str(_OWN), os.environ.get("PATH", os.defpath)]),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PAYLINT_CACHE_DIR": str(CACHE),
        "SEMGREP_SEND_METRICS": "off",
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
    }


def paylint() -> Tool:
    """paylint with all its engines and rules."""
    semgrep_rules = frozenset(rule.id for rule in catalog.load().of_engine("semgrep"))
    return Tool(
        "paylint",
        (str(_OWN / "paylint"), "scan", "--format", "json"),
        frozenset({0, 1, 3}),
        lambda output: _paylint_answer(output, semgrep_rules),
    )


def semgrep() -> Tool:
    """The `semgrep` command of paylint's own environment with paylint's Semgrep rules."""
    command = (str(_OWN / "semgrep"), "scan", "--metrics=off", "--disable-version-check", "--quiet", "--json")
    return Tool(
        "semgrep", (*command, "--no-rewrite-rule-ids", "--config", str(RULES)), frozenset({0, 1}), _semgrep_answer
    )


def checkov() -> Tool:
    """Checkov with its own rules, offline."""
    program = str(_FOREIGN / "bin" / "checkov")
    command = (program, "--quiet", "--compact", "-o", "json", "--skip-download", "-d")
    return Tool("checkov", command, frozenset({0, 1}), _checkov_answer)


def bandit() -> Tool:
    """Bandit with its own rules."""
    command = (str(_FOREIGN / "bin" / "bandit"), "--quiet", "--format", "json", "--recursive")
    return Tool("bandit", command, frozenset({0, 1}), _bandit_answer)


def installed(name: str) -> bool:
    """Whether a foreign tool is there in its pinned version, after trying to install it into .bench/tools."""
    wanted = f"{name}=={PINNED[name]}"
    python = _FOREIGN / "bin" / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
    if not python.exists():
        venv.create(_FOREIGN, with_pip=True)
    here = subprocess.run([*pip, "freeze"], capture_output=True, text=True, check=True).stdout.splitlines()
    if wanted in here:
        return True
    print(f"installing {wanted} (checkov takes a minute or two, once)", file=sys.stderr)
    return subprocess.run([*pip, "install", "--quiet", wanted], check=False, stdout=sys.stderr).returncode == 0


def write_rules() -> tuple[int, list[str]]:
    """Write paylint's compiled Semgrep rules as one file. Returns their number, and those `semgrep` will not load.

    The command checks more than the core that paylint calls, and one rule it refuses ends its run: such rules are left
    out of its file, to its advantage.
    """
    loaded = catalog.load()
    vocabulary = Vocabulary.from_json(loaded.elements)
    rules = [json.loads(vocabulary.expand_json(rule.body)) for rule in loaded.of_engine("semgrep")]
    _dump(rules, ())
    empty = BENCH / "empty"
    shutil.rmtree(empty, ignore_errors=True)
    empty.mkdir(parents=True)
    (empty / "empty.py").write_text("pass\n")
    command = [*semgrep().command, "empty.py"]
    done = subprocess.run(command, cwd=empty, env=environment(), capture_output=True, check=False, timeout=300)
    try:
        errors = json.loads(done.stdout).get("errors", [])
    except ValueError:
        errors = []  # the first measured run fails and shows what semgrep says
    refused = sorted({error["rule_id"] for error in errors if "rule_id" in error and error.get("code") == 2})
    _dump(rules, refused)
    return len(rules) - len(refused), refused


def _dump(rules: list[Any], refused: Collection[str]) -> None:
    RULES.parent.mkdir(parents=True, exist_ok=True)
    RULES.write_text(json.dumps({"rules": [rule for rule in rules if rule["id"] not in refused]}))


def _paylint_answer(output: bytes, semgrep_rules: Collection[str]) -> Answer:
    """Counts only what the shared Semgrep rules found, so that it can be laid beside semgrep's own number."""
    report = json.loads(output)
    found = sum(finding["rule"] in semgrep_rules for finding in report["findings"])
    errors = report["errors"]
    return Answer(len(report["coverage"]["analysed"]), found, f"incomplete: {len(errors)} errors" if errors else "")


def _semgrep_answer(output: bytes) -> Answer:
    report = json.loads(output)
    return Answer(len(report["paths"]["scanned"]), len(report["results"]))


def _checkov_answer(output: bytes) -> Answer:
    report = json.loads(output)
    parts = report if isinstance(report, list) else [report]
    return Answer(-1, sum(part["summary"]["failed"] for part in parts if "summary" in part))


def _bandit_answer(output: bytes) -> Answer:
    report = json.loads(output)
    return Answer(len(report["metrics"]) - 1, len(report["results"]))
