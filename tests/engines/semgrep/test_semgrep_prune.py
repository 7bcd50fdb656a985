"""Rules without what cannot match in the files at hand find what the whole rules find."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from scanner.catalog import load
from scanner.engines.semgrep.engine import Semgrep
from scanner.engines.semgrep.prune import Pruner
from scanner.engines.semgrep.targets import Target, is_little
from scanner.engines.semgrep.trial import Trial
from scanner.model import Json, Report
from scanner.vocabulary import NEVER, Vocabulary

ROOT = Path(__file__).resolve().parents[3]
F = {"pattern": "f()"}
DENSE = sorted(
    path
    for name in ("account_data_in_telemetry", "pan_logged", "pan_stored_in_clear", "weak_tls_version")
    for path in (ROOT / "rules" / "semgrep" / name).iterdir()
    if path.suffix in {".py", ".ts", ".js", ".java", ".go"}
)
SHOP = sorted(
    path for path in (ROOT / "tests/corpus/insecure_shop").rglob("*") if path.suffix in {".py", ".ts", ".java", ".go"}
)


def pruned(rule: Any, words: str) -> Any:
    return Pruner(frozenset(words.split()), lambda text: NEVER if text == "{{name:pin}}" else text).pruned(rule)


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ({"pattern": "f($X)"}, {"pattern": "f($X)"}),
        ({"pattern": "g($X)"}, None),
        ({"pattern-either": [F, {"pattern": "g()"}]}, {"pattern-either": [F]}),
        ({"pattern-either": [{"pattern": "g()"}]}, None),
        ({"patterns": [F, {"pattern-inside": "class g: ..."}]}, None),
        (
            {"patterns": [F, {"pattern-not": "f(g)"}, {"pattern-not-inside": "$X.f()"}]},
            {"patterns": [F, {"pattern-not-inside": "$X.f()"}]},
        ),
        (
            {
                "patterns": [
                    F,
                    {"pattern-not": {"pattern-either": [F, {"pattern": "g"}]}},
                ]
            },
            {"patterns": [F, {"pattern-not": {"pattern-either": [F]}}]},
        ),
        ({"patterns": [{"pattern": "$X()"}, {"pattern-regex": NEVER}]}, None),
        ({"patterns": [{"pattern": "$X()"}, {"pattern-not-regex": "g"}, {"focus-metavariable": "$X"}]}, ...),
        ({"patterns": [{"pattern": "$X()"}, {"metavariable-regex": {"metavariable": "$X", "regex": "g"}}]}, ...),
        (
            {
                "patterns": [
                    {"pattern": "$X()"},
                    {"metavariable-regex": {"metavariable": "$X", "regex": "{{name:pin}}"}},
                ]
            },
            None,
        ),
    ],
)
def test_what_no_file_names_is_left_out(rule: Any, left: Any) -> None:
    assert pruned(rule, "f") == (rule if left is ... else left)


def test_a_flow_keeps_its_source_and_sink() -> None:
    rule = {
        "id": "a",
        "pattern-sources": [F, {"exact": True, "pattern": "g()"}],
        "pattern-sinks": [{"pattern": "$X()"}],
        "pattern-sanitizers": [{"pattern": "g()"}],
    }
    assert pruned(rule, "f") == {
        "id": "a",
        "pattern-sources": [F],
        "pattern-sinks": [{"pattern": "$X()"}],
    }
    assert pruned(rule, "h") is None


@pytest.mark.parametrize("file", [*DENSE, *SHOP], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_whole_rules_find_nothing_else(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = reports([file], tmp_path / "pruned")
    monkeypatch.setattr(Trial, "pruned", lambda _self, rule, _condition: rule)
    assert reports([file], tmp_path / "whole") == first


def test_among_many_files_a_rule_is_cut_down_to_those_that_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [*DENSE, *SHOP]
    large = tmp_path / "large.py"
    large.write_text("".join(f"def function_{number}(value):\n    return value\n" for number in range(4_000)))
    assert not is_little(file.stat().st_size for file in [*files, large])
    cut = []
    kept = Pruner.pruned

    def noted(self: Pruner, rule: Json) -> Json | None:
        left = kept(self, rule)
        cut.append(left != rule)
        return left

    monkeypatch.setattr(Pruner, "pruned", noted)
    first = reports([*files, large], tmp_path / "pruned")
    assert any(cut)
    monkeypatch.setattr(Trial, "pruned", lambda _self, rule, _condition: rule)
    assert reports([*files, large], tmp_path / "whole") == first


def reports(files: Sequence[Path], work: Path) -> dict[str, Report]:
    work.mkdir()
    catalog = load()
    rules = catalog.of_engine("semgrep")
    mentions = tuple({rule.mentions for rule in rules})
    vocabulary = Vocabulary.from_json(catalog.elements)
    if len(files) == 1:
        vocabulary = vocabulary.narrowed(files[0].read_text(encoding="utf-8"))
    semgrep = Semgrep(rules, jobs=2, timeout=300, work=work, vocabulary=vocabulary)
    semgrep.start([Target(file.as_posix().lstrip("/"), str(file), mentions) for file in files])
    return semgrep.finish()
