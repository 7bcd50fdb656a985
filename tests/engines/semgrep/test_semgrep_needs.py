from __future__ import annotations

from typing import Any

import pytest

from scanner.engines.semgrep import needs
from scanner.engines.semgrep.needs import need


def met(rule: Any, words: str, *matching: str) -> bool:
    found = need(rule)
    return found is None or needs.met(found, frozenset(words.split()), lambda text, code: text in matching)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"pattern": "hashlib.md5($X)"}, "hashlib md5"),
        ({"pattern": 'f(..., mode="r", $K=$V)'}, "f mode r"),
        ({"pattern": '{..., "kty": "oct"}'}, "kty oct"),
        ({"patterns": [{"pattern": "f($X)"}, {"pattern-inside": "def run(...): ..."}]}, "f run"),
        ({"patterns": [{"pattern": "f($X)"}, {"pattern-not": "f(other)"}]}, "f"),
        ({"pattern": 'const $X = f("=~/re/", "...", "$Y", "a\\\\n")'}, "f"),
    ],
)
def test_every_word_of_a_pattern_is_needed(rule: Any, words: str) -> None:
    assert met(rule, words)
    for word in words.split():
        assert not met(rule, " ".join(set(words.split()) - {word}))


def test_one_of_several_patterns_is_enough() -> None:
    rule = {"pattern-either": [{"pattern": "f($X)"}, {"patterns": [{"pattern-regex": "g+"}, {"pattern": "h()"}]}]}
    assert met(rule, "f")
    assert met(rule, "h", "g+")
    assert not met(rule, "h")
    assert not met(rule, "", "g+")


def test_a_pattern_without_words_needs_nothing() -> None:
    assert need({"pattern": "$F($X)"}) is None
    assert need({"pattern-either": [{"pattern": "f()"}, {"pattern": "$F($X)"}]}) is None


def test_a_flow_needs_a_source_and_a_sink() -> None:
    rule = {
        "pattern-sources": [{"pattern": "read()"}, {"exact": True, "patterns": [{"pattern-regex": "pan"}]}],
        "pattern-sinks": [{"pattern": "log($X)"}],
    }
    assert met(rule, "read log")
    assert met(rule, "log", "pan")
    assert not met(rule, "read")
    assert not met(rule, "log")


def test_an_exact_source_is_asked_for_in_code() -> None:
    asked = []
    found = need({"pattern-sources": [{"exact": True, "pattern-regex": "pan"}], "pattern-sinks": [{"pattern": "f()"}]})
    assert found is not None
    needs.met(found, frozenset("f"), lambda text, code: bool(asked.append((text, code))))
    assert asked == [("pan", True)]
