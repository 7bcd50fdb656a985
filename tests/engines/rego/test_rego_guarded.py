"""Rules that hang, crash or eat memory take nothing with them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.engines.rego.backend import RuleEvaluationError
from scanner.engines.rego.embedded import Embedded
from scanner.engines.rego.guarded import Guarded
from scanner.errors import EngineError

HANGING = "count([1 | some a in numbers.range(1, 30000); some b in numbers.range(1, 30000); a * b < 0]) == 0"
MODULE = f"""package paylint.rules.r.x

applies contains input.n
deny contains 1 if {HANGING}
unknown contains f(1)
f(n) := f(n + 1)
"""
GREEDY = """package paylint.rules.r.greedy

deny contains numbers.range(1, 500000000)
"""
PACKAGE = "paylint.rules.r.x"


@pytest.fixture
def guarded() -> Iterator[Guarded]:
    backend = Guarded(Embedded(), seconds=1.0)
    backend.load({"a.rego": MODULE, "b.rego": GREEDY}, {})
    backend.set_input('{"n": 7}')
    yield backend
    backend.close()


def test_a_hanging_rule_is_stopped(guarded: Guarded) -> None:
    began = time.monotonic()
    with pytest.raises(RuleEvaluationError, match=r"^took longer than 1 s$"):
        guarded.evaluate(PACKAGE, "deny")
    assert time.monotonic() - began < 30
    assert guarded.evaluate(PACKAGE, "applies") == [7]


def test_a_crash_is_the_rules_own(guarded: Guarded) -> None:
    with pytest.raises(RuleEvaluationError, match=r"^crashed the engine \(signal \d+\)$"):
        guarded.evaluate(PACKAGE, "unknown")
    assert guarded.evaluate(PACKAGE, "applies") == [7]


def test_memory_is_bounded(guarded: Guarded) -> None:
    with pytest.raises(RuleEvaluationError):
        guarded.evaluate("paylint.rules.r.greedy", "deny")
    assert guarded.evaluate(PACKAGE, "applies") == [7]


def test_answers_and_errors_come_back(guarded: Guarded) -> None:
    assert guarded.evaluate(PACKAGE, "applies") == [7]
    guarded.set_input('{"n": "é"}')
    assert guarded.evaluate(PACKAGE, "applies") == ["é"]
    assert guarded.evaluate("paylint.rules.nope", "deny") is None
    guarded.set_input("[" * 200 + "]" * 200)
    with pytest.raises(EngineError, match="cannot read the input"):
        guarded.evaluate(PACKAGE, "applies")


def test_large_answers_come_back() -> None:
    items = 'sprintf("%v-%v", [i, input.t]) if some i in numbers.range(1, 20000)'
    backend = Guarded(Embedded(), seconds=60)
    backend.load({"a.rego": f"package paylint.rules.r.x\n\napplies contains {items}"}, {})
    backend.set_input(f'{{"t": "{"x" * 200}"}}')
    assert len(backend.evaluate(PACKAGE, "applies")) == 20000
    backend.close()


def test_the_worker_holds_no_file_and_leaves_no_process(guarded: Guarded, tmp_path: Path) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("the list of open files is read from /proc")
    before = children()
    with (tmp_path / "held").open("w"):
        guarded.evaluate(PACKAGE, "applies")
        (worker,) = children() - before
        targets = {str(link.readlink()) for link in Path(f"/proc/{worker}/fd").iterdir()}
    assert not [target for target in targets if "held" in target]
    assert len([target for target in targets if target.startswith("socket:")]) == 1
    guarded.close()
    assert children() == before


def children() -> set[int]:
    """The processes that this thread started."""
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}
