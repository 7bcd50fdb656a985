"""What each rule costs on ordinary code that has nothing to do with cards, against what it takes to parse that code.

Both times come from one run of Semgrep's core, so that their ratio holds on any machine. A rule that looks closely at
files which do not mention its subject makes every scan slower, for nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scanner.config import Config
from scanner.engines.semgrep import core, launch
from scanner.process import Running, start
from scanner.run import run

TEMPLATES = Path(__file__).parent / "neutral"
ENDINGS = {
    "csharp": "cs", "go": "go", "java": "java", "javascript": "js", "kotlin": "kt", "php": "php", "python": "py",
    "ruby": "rb", "typescript": "ts",
}  # fmt: skip
THINGS = ("crate", "pallet", "parcel", "basket", "barrel", "carton", "bundle", "bottle", "lantern", "hammer")
COPIES = 4
REFERENCE = """
rules:
  - id: reference
    languages: [{language}]
    message: Nothing is compared with itself.
    severity: INFO
    pattern: $X == $X
"""
"""A rule that needs every file parsed, whatever the others do without."""
SHARE = 0.35
"""Of the time it takes to parse the files of a language, for one rule.

The first one tried on a file pays for all: a bare comparison measures up to 0.23. A search for three dozen calls takes
0.16 with nothing to find.
"""
WHOLE = 1.5
"""The same for all rules together: half more than what they take on a machine with nothing else to do."""
RUNS = 4
"""The least of so many runs counts: what else a machine does makes a run slower, never faster."""


def neutral(language: str, folder: Path) -> None:
    """Files that differ from one another, as large as a file of a service."""
    template = (TEMPLATES / f"{language}.txt").read_text("utf-8")
    for number in range(COPIES * len(THINGS)):
        name = THINGS[number % len(THINGS)] + "abcdefgh"[number // len(THINGS)]
        text = template.format(thing=name, Thing=name.capitalize(), THING=name.upper(), number=40 + number)
        (folder / f"{name}.{ENDINGS[language]}").write_text(text, "utf-8")


class Timed:
    """Has the core say what took how long."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.parsing, self.matching = 0.0, Counter[str]()
        self.files: set[str] = set()
        read = core.read

        def timed(command: list[Any], **options: Any) -> Running:
            return start([command[0], "-json_time", *command[1:]], **options)

        def kept(output: bytes) -> Any:
            self._keep(json.loads(output)["time"])
            return read(output)

        monkeypatch.setattr(launch, "start", timed)
        monkeypatch.setattr(core, "read", kept)

    def _keep(self, times: Any) -> None:
        names = [rule if isinstance(rule, str) else rule["id"] for rule in times["rules"]]
        for target in times["targets"]:
            self.files.add(target["path"])
            self.parsing += sum(target["parse_times"])
            self.matching.update(dict(zip(names, target["match_times"], strict=True)))


def shares(folder: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Rule -> what it takes, as a share of parsing."""
    code, rules = folder / "code", folder / "rules"
    code.mkdir(parents=True)
    rules.mkdir()
    neutral(language, code)
    (rules / "reference.yaml").write_text(REFERENCE.format(language=language), "utf-8")
    with monkeypatch.context() as patched:
        timed = Timed(patched)
        result = run(Config(root=code, paths=(code,), rules=(rules,), engines=("semgrep",), cache=False, jobs=1))
    assert not result.errors
    assert not result.findings
    assert len(timed.files) == COPIES * len(THINGS), "the core has not looked at every file"
    del timed.matching["reference"]
    return {rule: took / timed.parsing for rule, took in timed.matching.items()}


@pytest.mark.parametrize("language", sorted(ENDINGS))
def test_ordinary_code_costs_next_to_nothing(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    least: dict[str, float] = {}
    whole = WHOLE + 1
    for attempt in range(RUNS):
        taken = shares(tmp_path / str(attempt), language, monkeypatch)
        least = {rule: min(share, least.get(rule, share)) for rule, share in taken.items()}
        whole = min(whole, sum(taken.values()))
        if whole <= WHOLE and max(least.values(), default=0.0) <= SHARE:
            return
    assert {rule: f"{share:.0%} of parsing" for rule, share in least.items() if share > SHARE} == {}
    assert whole <= WHOLE
