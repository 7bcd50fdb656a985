"""A short run of the fuzzer on every input."""

from __future__ import annotations

from itertools import islice

import pytest

from scanner.inputs import INPUTS
from tests.fuzz.cases import cases, minimised
from tests.fuzz.check import check

EXAMPLES = 120


@pytest.mark.parametrize("name", INPUTS)
def test_mutated_files_break_no_promise(name: str) -> None:
    found = list(islice(cases(name, "fixed"), EXAMPLES))
    assert found, f"{name} has no fixture that could be mutated"
    for case in found:
        check(name, case)


def test_the_same_seed_gives_the_same_cases() -> None:
    first, again = (list(islice(cases("sql", "x"), 20)) for _ in range(2))
    assert first == again


def test_what_fails_is_made_small() -> None:
    files = {"a.sql": b"one\ntwo\nthree needle four\nfive\n" * 3, "b.sql": b"other"}
    small = minimised(files, lambda case: any(b"needle" in data for data in case.values()))
    assert small == {"a.sql": b"needle"}
