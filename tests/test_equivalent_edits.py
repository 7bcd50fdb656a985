"""What all edits that mean nothing are made of: texts and their lines, and free names."""

from __future__ import annotations

import pytest

from scanner.catalog import load
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply, rearranged, then


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(load([]))


def test_every_edited_line_knows_the_lines_it_holds() -> None:
    one = apply("a\nb\nc\n", [Change(1, 2, " "), Change(4, 4, "x\n")])
    assert one.text == "a b\nx\nc\n"
    assert one.origins == (frozenset({1, 2}), frozenset({3}), frozenset({3}), frozenset({4}))


def test_two_edits_after_one_another_lead_back_to_the_first_text() -> None:
    first = apply("a\nb", [Change(1, 2, " ")])
    second = apply(first.text, [Change(1, 2, "\n")])
    assert then(first, second) == Edited("a\nb", (frozenset({1, 2}), frozenset({1, 2})))


def test_of_changes_that_overlap_the_first_is_made() -> None:
    assert apply("abcd", [Change(1, 3, "X"), Change(2, 4, "Y")]).text == "aXd"


def test_lines_change_places() -> None:
    assert rearranged("a\nb\nc", [(2, 3), (1, 1)]) == Edited(
        "b\nc\na", (frozenset({2}), frozenset({3}), frozenset({1}))
    )


@pytest.mark.parametrize(
    ("name", "new"),
    [("pan", "given_pan"), ("cardNumber", "givenCardNumber"), ("_cvv", "_given_cvv"), ("CVV", "GIVEN_CVV")],
)
def test_a_name_of_account_data_keeps_its_element(names: Names, name: str, new: str) -> None:
    assert names.another(name, (), snake=True) == new
    assert names.elements(name) == names.elements(new) != frozenset()


@pytest.mark.parametrize("name", ["logger", "session", "password", "encrypted", "Card"])
def test_a_name_that_rules_read_stays(names: Names, name: str) -> None:
    assert names.another(name, ()) is None


def test_a_name_that_says_nothing_gets_one_that_says_nothing_and_is_free(names: Names) -> None:
    assert names.another("kettle", {"hearth1"}) == "hearth2"
