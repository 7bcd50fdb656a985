"""A vocabulary cut down to one text, written down and read again, or put into rules, judges as the whole does."""

from __future__ import annotations

import json
import re

import pytest

from scanner.errors import RuleError
from scanner.vocabulary import NEVER, Vocabulary
from tests.test_vocabulary import HOLDS, VOCABULARY


@pytest.mark.parametrize(("element", "names"), HOLDS.items())
def test_a_vocabulary_narrowed_to_a_text_judges_it_alike(element: str, names: str) -> None:
    for name in names.split():
        for text in (name, f"masked_{name}", f"{name}_length", f"{name}.valid", f"gift_{name}", name.upper()):
            narrowed = VOCABULARY.narrowed(f"one {text} two")
            assert narrowed.matches(element, text) == VOCABULARY.matches(element, text), text


def test_a_narrowed_vocabulary_forgets_what_the_text_cannot_hold() -> None:
    narrowed = VOCABULARY.narrowed("log.info(order.CardNumber)")
    assert len(narrowed.expand("{{source:pan}}")) < len(VOCABULARY.expand("{{source:pan}}")) / 4
    assert narrowed.expand("{{name:track}}") == narrowed.expand("{{source:track}}") == NEVER
    assert narrowed.expand("{{hint:track}}") == NEVER


def test_what_is_written_down_is_the_same_vocabulary() -> None:
    again = Vocabulary.from_json(json.loads(json.dumps(VOCABULARY.to_json())))
    for element in VOCABULARY.elements:
        for form in ("name", "hint", "source", "include", "exclude"):
            written = f"{{{{{form}:{element}}}}}"
            assert again.expand(written) == VOCABULARY.expand(written)


def test_a_hint_is_found_in_all_that_holds_the_name() -> None:
    for element, names in HOLDS.items():
        hint = re.compile(VOCABULARY.expand(f"{{{{hint:{element}}}}}"))
        assert [name for name in names.split() if not hint.match(name)] == []


def test_expanded_within_json() -> None:
    written = json.dumps({"regex": "a{{name:pan}}b"})
    assert json.loads(VOCABULARY.expand_json(written)) == {"regex": f"a{VOCABULARY.expand('{{name:pan}}')}b"}


def test_a_placeholder_of_no_element_is_refused_by_the_check() -> None:
    VOCABULARY.check("{{name:pan|track}} {{x}}")
    with pytest.raises(RuleError, match="no element 'pam'"):
        VOCABULARY.check("{{name:pam}}")
